//! F11: 办事指南 of an item in one version, with every element that is the public's to know (DOMAIN §3.4, §5.2;
//! GB/T 39046-2020 table 4; 行政许可法 §30: what is asked for is shown where it is asked for).

use crate::{
    issuer::{CELL, Issuer, LABEL, SMALL, day},
    remedy::Remedy,
    slip::{FACTS, middle, pair, table, value, wide},
    typeset::{Align, Face, Faces, FlowStep, Foot, FormError, Layout, Row, Sheet, Style, mm},
};
use jiff::civil::Date;

/// Empty where the item has nothing to say; only what is said is printed.
#[derive(Clone, Debug, Default)]
pub struct Guide {
    pub issuer: Issuer,
    /// 事项标识, e.g. I002
    pub item_id: String,
    pub version: u16,
    pub effective_from: Date,
    pub effective_to: Option<Date>,
    pub printed_on: Date,
    pub name: String,
    pub basics: Basics,
    /// 设定依据
    pub legal_basis: Vec<String>,
    /// 受理条件
    pub conditions: Vec<String>,
    pub materials: Vec<GuideMaterial>,
    /// 办理流程
    pub steps: Vec<FlowStep>,
    /// 特别程序, 公示, 紧急程序: whole sentences.
    pub procedures: Vec<String>,
    pub limits: Limits,
    pub fee: Fee,
    pub result: ResultPaper,
    pub contact: Contact,
    /// 救济途径
    pub remedy: Option<Remedy>,
    /// 常见问题, each with its answer.
    pub questions: Vec<(String, String)>,
    pub notes: Vec<String>,
}

/// What kind of thing it is, and whose.
#[derive(Clone, Debug, Default)]
pub struct Basics {
    /// 日常用语
    pub plain_name: String,
    /// 主题
    pub theme: String,
    /// 事项类型
    pub kind: String,
    /// 办件类型
    pub handling: String,
    /// 基本编码, 实施编码, 业务办理项编码
    pub codes: [String; 3],
    /// The codes are samples that the county has yet to replace.
    pub sample_codes: bool,
    /// 行使层级
    pub level: String,
    /// 实施主体
    pub body: String,
    /// 主管部门
    pub department: String,
    /// 联办机构
    pub joint: String,
    /// 服务对象
    pub objects: String,
    /// 办理形式
    pub forms: String,
    /// 网办深度
    pub online: String,
    /// 到办事现场次数, and why at all
    pub on_site: String,
    /// 村级办理方式
    pub village: String,
    /// 受理地点
    pub receipt: String,
    /// 受理时段
    pub season: String,
}

/// A material, as whoever brings it has to know it.
#[derive(Clone, Debug, Default)]
pub struct GuideMaterial {
    pub name: String,
    /// 申请表格文书, 证件证书证明, 其他材料; 纸质 or 电子
    pub kind: String,
    /// 必要, 非必要, 容缺后补
    pub necessity: String,
    pub originals: u16,
    pub copies: u16,
    /// 来源渠道, 出具机构
    pub source: String,
    /// 审查要点, 何时提供, 可容缺, 可承诺代替, 可共享, 要求依据
    pub remarks: Vec<String>,
}

/// 办理时限, in words.
#[derive(Clone, Debug, Default)]
pub struct Limits {
    pub statutory: String,
    pub promise: String,
    pub extension: String,
}

/// 收费, in words.
#[derive(Clone, Debug, Default)]
pub struct Fee {
    pub charged: bool,
    pub item: String,
    pub standard: String,
    pub basis: String,
    pub online_payment: bool,
}

/// 办理结果
#[derive(Clone, Debug, Default)]
pub struct ResultPaper {
    pub name: String,
    /// 审批结果类型
    pub kind: String,
    /// 结果样本: where it is found.
    pub sample: String,
}

/// 办理地点、时间, 咨询, 监督投诉
#[derive(Clone, Debug, Default)]
pub struct Contact {
    pub place: String,
    pub hours: String,
    pub consult: String,
    pub complaint: String,
}

const HEADING: Style = Style::new(Face::Hei, 12.0);
const BODY: Style = Style::new(Face::FangSong, 10.5);
/// 一 to 十二: no guide has more parts.
const NUMBERS: [&str; 12] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"];
/// 依法享有的权利、义务 (行政许可法 §30–§32; DOMAIN §4.3 for items that are no licence).
const RIGHTS: [&str; 2] = [
    "申请人有权了解办理的依据、条件、材料、时限和进度；申请材料不齐全或者不符合要求的，有权得到一次性书面告知；不予受理、不予办理的，有权知道理由。",
    "申请人应当如实提交有关材料、反映真实情况，并对申请材料的真实性负责。",
];
/// Longer texts have a row of their own.
const SHORT: usize = 15;
/// Height kept free for the foot.
const FOOT: f32 = 80.0;

impl Guide {
    pub const TITLE: &str = "办事指南";

    pub fn lay_out(&self, faces: &Faces) -> Result<Layout, FormError> {
        self.sheet(faces)?.finish(|at, page, pages| self.foot(at, &format!("第 {page} 页，共 {pages} 页")))
    }

    /// All of it but what stands at the foot.
    pub(crate) fn sheet<'f>(&self, faces: &'f Faces) -> Result<Sheet<'f>, FormError> {
        let mut sheet = Sheet::new(faces, mm(210.0), mm(297.0), mm(22.0), FOOT);
        sheet.line(&self.issuer.unit_full_name, Style::new(Face::XiaoBiaoSong, 12.0), Align::Centre)?;
        sheet.heading(&self.name, Style::new(Face::XiaoBiaoSong, 18.0))?;
        sheet.line("办 事 指 南", Style::new(Face::XiaoBiaoSong, 16.0), Align::Centre)?;
        sheet.line(&self.in_force(), CELL, Align::Centre)?;
        sheet.space(4.0);
        let mut parts = Parts { sheet: &mut sheet, numbers: NUMBERS.iter() };
        parts.facts("基本信息", &self.basics.facts())?;
        parts.texts("设定依据", &self.legal_basis)?;
        parts.texts("受理条件", &self.conditions)?;
        if !self.materials.is_empty() {
            parts.heading("申请材料")?;
            self.materials(parts.sheet)?;
        }
        if !self.steps.is_empty() {
            parts.heading("办理流程")?;
            parts.sheet.space(4.0);
            parts.sheet.flow(&self.steps, LABEL, SMALL)?;
            paragraphs(parts.sheet, &self.procedures)?;
        }
        parts.facts("办理时限", &self.limits.facts())?;
        parts.facts("收费", &self.fee.facts())?;
        parts.facts("办理结果", &self.result.facts())?;
        parts.facts("办理地点和联系方式", &self.contact.facts())?;
        let remedy = self.remedy.as_ref().map(Remedy::beforehand);
        let rights: Vec<String> = RIGHTS.iter().map(|text| (*text).to_owned()).chain(remedy).collect();
        parts.texts("申请人的权利和义务", &rights)?;
        if !self.questions.is_empty() {
            parts.heading("常见问题")?;
            for (question, answer) in &self.questions {
                parts.sheet.need(BODY.size * 4.0);
                parts.sheet.flush(&format!("问：{question}"), Style::new(Face::Hei, BODY.size))?;
                parts.sheet.flush(&format!("答：{answer}"), BODY)?;
                parts.sheet.space(3.0);
            }
        }
        parts.texts("备注", self.notes.as_slice())?;
        Ok(sheet)
    }

    /// e.g. 第1版　自2026年1月1日起施行
    fn in_force(&self) -> String {
        let until = self.effective_to.map(|to| format!("，至{}止", day(to))).unwrap_or_default();
        format!("第{}版　自{}起施行{until}", self.version, day(self.effective_from))
    }

    fn materials(&self, sheet: &mut Sheet<'_>) -> Result<(), FormError> {
        let rows = self.materials.iter().enumerate().map(|(i, material)| {
            [
                middle((i + 1).to_string()),
                value(material.name.as_str()),
                value(material.kind.as_str()),
                middle(format!("{}／{}", material.originals, material.copies)),
                middle(material.necessity.as_str()),
                value(material.source.as_str()),
                value(material.remarks.join("；")),
            ]
        });
        let heading = ["序号", "材料名称", "类型和形式", "原件／复印件", "必要性", "来源", "要求和说明"];
        table(sheet, [6.0, 20.0, 19.0, 10.0, 9.0, 14.0, 30.0], heading, rows)
    }

    /// What holds for each page of it, and which page it is. The code names the item and its version, for a desk to tell an old
    /// guide by.
    pub(crate) fn foot(&self, at: &mut Foot<'_, '_>, page: &str) -> Result<(), FormError> {
        let (bottom, size) = (mm(8.0), mm(14.0));
        at.rule(bottom + size + 6.0);
        at.qr(&format!("DB1 F11 {} {}", self.item_id, self.version), bottom, size);
        let (top, inset) = (bottom + size - SMALL.size, size + 10.0);
        let lines = [
            format!("本指南以最新版为准。打印日期：{}", day(self.printed_on)),
            self.in_force(),
            format!("咨询电话：{}　　监督电话：{}", self.contact.consult, self.contact.complaint),
        ];
        let leading = (top - bottom) / (lines.len() - 1) as f32;
        for (i, line) in lines.iter().enumerate() {
            at.line(line, SMALL, top - i as f32 * leading, inset, Align::Left)?;
        }
        at.line(&format!("F11　{page}"), SMALL, top, inset, Align::Right)
    }
}

impl Basics {
    fn facts(&self) -> Vec<(&'static str, String)> {
        let [basic, implementing, business] = self.codes.clone();
        let sample = |code: String| match code.is_empty() || !self.sample_codes {
            true => code,
            false => format!("{code}（样例编码）"),
        };
        vec![
            ("日常用语", self.plain_name.clone()),
            ("主题", self.theme.clone()),
            ("事项类型", self.kind.clone()),
            ("办件类型", self.handling.clone()),
            ("基本编码", sample(basic)),
            ("实施编码", sample(implementing)),
            ("业务项编码", sample(business)),
            ("行使层级", self.level.clone()),
            ("主管部门", self.department.clone()),
            ("实施主体", self.body.clone()),
            ("联办机构", self.joint.clone()),
            ("服务对象", self.objects.clone()),
            ("受理地点", self.receipt.clone()),
            ("村级办理", self.village.clone()),
            ("办理形式", self.forms.clone()),
            ("网上办理", self.online.clone()),
            ("到场次数", self.on_site.clone()),
            ("受理时段", self.season.clone()),
        ]
    }
}

impl Limits {
    fn facts(&self) -> Vec<(&'static str, String)> {
        vec![
            ("法定时限", self.statutory.clone()),
            ("承诺时限", self.promise.clone()),
            ("延长", self.extension.clone()),
        ]
    }
}

impl Fee {
    fn facts(&self) -> Vec<(&'static str, String)> {
        if !self.charged {
            return vec![("是否收费", "不收费；村级代办不收取任何费用".to_owned())];
        }
        let online = if self.online_payment { "支持" } else { "不支持" };
        vec![
            ("是否收费", "收费；村级代办不另收费".to_owned()),
            ("收费项目", self.item.clone()),
            ("收费标准", self.standard.clone()),
            ("收费依据", self.basis.clone()),
            ("网上支付", online.to_owned()),
        ]
    }
}

impl ResultPaper {
    fn facts(&self) -> Vec<(&'static str, String)> {
        vec![
            ("结果名称", self.name.clone()),
            ("结果类型", self.kind.clone()),
            ("结果样本", self.sample.clone()),
        ]
    }
}

impl Contact {
    fn facts(&self) -> Vec<(&'static str, String)> {
        vec![
            ("办理地点", self.place.clone()),
            ("办理时间", self.hours.clone()),
            ("咨询电话", self.consult.clone()),
            ("监督投诉", self.complaint.clone()),
        ]
    }
}

/// The numbered parts of a guide; one with nothing in it is left out.
struct Parts<'s, 'f> {
    sheet: &'s mut Sheet<'f>,
    numbers: std::slice::Iter<'static, &'static str>,
}

impl Parts<'_, '_> {
    /// Goes with some of what follows.
    fn heading(&mut self, title: &str) -> Result<(), FormError> {
        self.sheet.need(64.0);
        self.sheet.space(4.0);
        let number = self.numbers.next().copied().unwrap_or_default();
        self.sheet.flush(&format!("{number}、{title}"), HEADING)?;
        self.sheet.space(2.0);
        Ok(())
    }

    fn texts(&mut self, title: &str, texts: &[String]) -> Result<(), FormError> {
        if texts.is_empty() {
            return Ok(());
        }
        self.heading(title)?;
        paragraphs(self.sheet, texts)
    }

    fn facts(&mut self, title: &str, facts: &[(&'static str, String)]) -> Result<(), FormError> {
        let rows = rows(facts);
        if rows.is_empty() {
            return Ok(());
        }
        self.heading(title)?;
        self.sheet.grid(&FACTS, None, &rows)?;
        self.sheet.space(4.0);
        Ok(())
    }
}

fn paragraphs(sheet: &mut Sheet<'_>, texts: &[String]) -> Result<(), FormError> {
    texts.iter().try_for_each(|text| sheet.paragraph(&[(text, BODY)]))
}

/// What is said, two short facts a row, a long one in a row of its own.
fn rows(facts: &[(&'static str, String)]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut waiting: Option<(&str, &str)> = None;
    for (name, text) in facts.iter().filter(|(_, text)| !text.is_empty()) {
        let short = text.chars().count() <= SHORT;
        match waiting.take() {
            Some((one, first)) if short => rows.push(pair(one, first, name, text.as_str())),
            alone => {
                rows.extend(alone.map(|(one, first)| wide(one, first)));
                if short {
                    waiting = Some((name, text));
                } else {
                    rows.push(wide(name, text.as_str()));
                }
            }
        }
    }
    rows.extend(waiting.map(|(one, first)| wide(one, first)));
    rows
}
