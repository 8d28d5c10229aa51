//! F19: 日清表, 周结表 and 月报表 (DOMAIN §5.2, §7): tables with a unit a row, and under them what every report has to say about
//! its figures. Rates come as text: they are computed on exact fractions elsewhere.

use crate::typeset::{Align, Cell, Column, Face, Faces, FormError, Layout, Row, Sheet, Style, mm};

/// 日清, 周结, 月报: each has the tables of the one before it and one more.
#[derive(Clone, Debug)]
pub struct Report {
    /// Who reports.
    pub unit_full_name: String,
    pub rhythm: Rhythm,
    /// e.g. 2026年9月28日
    pub period: String,
    pub counts: Vec<Counts>,
    /// Of a week and a month.
    pub stocks: Vec<Stock>,
    /// Of a month.
    pub performances: Vec<Performance>,
    pub basis: Basis,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rhythm {
    Daily,
    Weekly,
    Monthly,
}

/// Of a unit in the period.
#[derive(Clone, Debug, Default)]
pub struct Counts {
    pub unit: String,
    /// 接件
    pub received: u32,
    /// 受理: 即办, 承诺, 联办
    pub accepted: [u32; 3],
    /// 不予受理
    pub refused: u32,
    /// 待补正
    pub awaiting: u32,
    /// 办结: 即办, 承诺, 联办
    pub closed: [u32; 3],
    /// 送达
    pub delivered: u32,
    /// 在办
    pub open: u32,
    /// 明日到期
    pub due_tomorrow: u32,
    /// 超期
    pub overdue: u32,
    /// 未移交批次
    pub open_batches: u32,
    /// 评价, by its codes 1 to 5
    pub ratings: [u32; 5],
    /// 差评
    pub bad_ratings: u32,
    /// 填报人
    pub reporter: String,
    /// 截止时间
    pub until: String,
}

/// 结存: what was open before, what came and went, and what is open now.
#[derive(Clone, Debug, Default)]
pub struct Stock {
    pub unit: String,
    /// 上期结存
    pub before: u32,
    /// 本期受理
    pub accepted: u32,
    /// 本期办结
    pub closed: u32,
    /// 撤回, 终止, 转办, 作废
    pub left: u32,
    /// 期末在办
    pub open: u32,
    /// 超期原因
    pub overdue_because: String,
    /// 有件村, 总村
    pub active_villages: (u32, u32),
    /// 最后同步时间
    pub synced: String,
}

/// 效能和评议, rates as text.
#[derive(Clone, Debug, Default)]
pub struct Performance {
    pub unit: String,
    /// 办结率, 即办件占比, 按时办结率, 提前办结率
    pub closing: [String; 4],
    /// 平均用时, 中位用时
    pub took: [String; 2],
    /// 补正率, 代办率, 一次办结率
    pub handling: [String; 3],
    /// 评价率, 满意率
    pub rating: [String; 2],
    /// 黄牌, 红牌
    pub cards: [u32; 2],
    /// 差评整改率, 回访率
    pub correction: [String; 2],
    /// 抽查案卷数, 问题数, 整改率
    pub inspected: (u32, u32, String),
    /// 名次
    pub rank: u32,
}

/// What every report says about its figures.
#[derive(Clone, Debug)]
pub struct Basis {
    /// 统计口径
    pub scope: String,
    /// 数据截至时间
    pub as_of: String,
    /// 未同步单位
    pub missing: Vec<String>,
}

impl Basis {
    pub(crate) fn says(&self) -> [String; 4] {
        let missing = if self.missing.is_empty() { "无".to_owned() } else { self.missing.join("、") };
        [
            format!("统计口径：{}。", self.scope.trim_end_matches('。')),
            format!("数据截至：{}。之后到的数据作补报，不改本表。", self.as_of),
            format!("未同步单位：{missing}。"),
            "比率四舍五入到小数点后两位，分项合计可能不等于100%；分母为零的记“—”。".to_owned(),
        ]
    }
}

const FIGURE: Style = Style::new(Face::FangSong, 9.0);
const PART: Style = Style::new(Face::Hei, 11.0);
const NOTE: Style = Style::new(Face::FangSong, 9.0);

impl Report {
    pub fn title(&self) -> &'static str {
        match self.rhythm {
            Rhythm::Daily => "便民服务日清表",
            Rhythm::Weekly => "便民服务周结表",
            Rhythm::Monthly => "便民服务月报表",
        }
    }

    /// A4 across.
    pub fn lay_out(&self, faces: &Faces) -> Result<Layout, FormError> {
        let mut sheet = Sheet::new(faces, mm(297.0), mm(210.0), mm(13.0), mm(15.0));
        sheet.line(self.title(), Style::new(Face::XiaoBiaoSong, 20.0), Align::Centre)?;
        sheet.line(
            &format!("单位：{}　　　　期间：{}", self.unit_full_name, self.period),
            NOTE,
            Align::Centre,
        )?;
        sheet.space(4.0);
        self.counts(&mut sheet)?;
        if self.rhythm >= Rhythm::Weekly {
            self.stocks(&mut sheet)?;
        }
        if self.rhythm == Rhythm::Monthly {
            self.performances(&mut sheet)?;
        }
        // The notes and the signatures stand together.
        sheet.need(NOTE.size * 1.55 * 5.0 + 16.0);
        for line in self.basis.says() {
            sheet.flush(&line, NOTE)?;
        }
        sheet.space(6.0);
        sheet.flush(
            "填表人：　　　　　　　　　审核人：　　　　　　　　　负责人（签章）：　　　　　　　　　填报日期：　　　　年　　月　　日",
            NOTE,
        )?;
        sheet.finish(|at, page, pages| {
            at.line("F19", FIGURE, mm(9.0), 0.0, Align::Left)?;
            at.line(&format!("第 {page} 页，共 {pages} 页"), FIGURE, mm(9.0), 0.0, Align::Right)
        })
    }

    fn counts(&self, sheet: &mut Sheet<'_>) -> Result<(), FormError> {
        let now = match self.rhythm {
            Rhythm::Daily => "当日接件",
            _ => "接件",
        };
        let columns = [
            ("单位", 17.0),
            (now, 5.0),
            ("受理（即办/承诺/联办）", 10.0),
            ("不予受理", 5.0),
            ("待补正", 5.0),
            ("办结（即办/承诺/联办）", 10.0),
            ("送达", 5.0),
            ("在办", 5.0),
            ("明日到期", 5.0),
            ("超期", 5.0),
            ("未移交批次", 6.0),
            ("评价（1至5级）", 11.0),
            ("差评", 4.5),
            ("填报人", 7.0),
            ("截止时间", 8.0),
        ];
        let row = |one: &Counts| {
            vec![
                one.unit.clone(),
                one.received.to_string(),
                slashed(&one.accepted),
                one.refused.to_string(),
                one.awaiting.to_string(),
                slashed(&one.closed),
                one.delivered.to_string(),
                one.open.to_string(),
                one.due_tomorrow.to_string(),
                one.overdue.to_string(),
                one.open_batches.to_string(),
                slashed(&one.ratings),
                one.bad_ratings.to_string(),
                one.reporter.clone(),
                one.until.clone(),
            ]
        };
        let mut rows: Vec<_> = self.counts.iter().map(row).collect();
        if self.counts.len() > 1 {
            rows.push(row(&sum(&self.counts)));
        }
        part(sheet, "一、办件", &columns, rows)
    }

    fn stocks(&self, sheet: &mut Sheet<'_>) -> Result<(), FormError> {
        let (before, accepted, closed, open) = match self.rhythm {
            Rhythm::Monthly => ("上月结存", "本月受理", "本月办结", "月末在办"),
            _ => ("上周结存", "本周受理", "本周办结", "周末在办"),
        };
        let columns = [
            ("单位", 17.0),
            (before, 7.0),
            (accepted, 7.0),
            (closed, 7.0),
            ("撤回、终止、转办、作废", 11.0),
            (open, 7.0),
            ("勾稽", 7.0),
            ("超期原因", 24.0),
            ("村级活跃（有件村/总村）", 10.0),
            ("最后同步时间", 12.0),
        ];
        let rows = self.stocks.iter().map(|one| {
            vec![
                one.unit.clone(),
                one.before.to_string(),
                one.accepted.to_string(),
                one.closed.to_string(),
                one.left.to_string(),
                one.open.to_string(),
                one.adds_up(),
                one.overdue_because.clone(),
                format!("{}/{}", one.active_villages.0, one.active_villages.1),
                one.synced.clone(),
            ]
        });
        part(sheet, "二、结存（结存＋受理－办结－撤回、终止、转办、作废＝在办）", &columns, rows.collect())
    }

    fn performances(&self, sheet: &mut Sheet<'_>) -> Result<(), FormError> {
        let columns = [
            ("单位", 16.0),
            ("办结率", 6.5),
            ("即办件占比", 6.5),
            ("按时办结率", 6.5),
            ("提前办结率", 6.5),
            ("平均用时", 5.5),
            ("中位用时", 5.5),
            ("补正率", 6.5),
            ("代办率", 6.5),
            ("一次办结率", 6.5),
            ("评价率", 6.5),
            ("满意率", 6.5),
            ("黄牌", 3.5),
            ("红牌", 3.5),
            ("差评整改率", 6.5),
            ("回访率", 6.5),
            ("抽查案卷/问题/整改率", 10.0),
            ("名次", 3.5),
        ];
        let rows = self.performances.iter().map(|one| {
            let (files, problems, corrected) = &one.inspected;
            let mut cells = vec![one.unit.clone()];
            cells.extend(one.closing.clone());
            cells.extend(one.took.clone());
            cells.extend(one.handling.clone());
            cells.extend(one.rating.clone());
            cells.extend(one.cards.map(|cards| cards.to_string()));
            cells.extend(one.correction.clone());
            cells.push(format!("{files}/{problems}/{corrected}"));
            cells.push(one.rank.to_string());
            cells
        });
        part(sheet, "三、效能和评议", &columns, rows.collect())
    }
}

impl Stock {
    /// 平, or by how much it doesn't add up.
    fn adds_up(&self) -> String {
        let [before, accepted, closed, left, open] =
            [self.before, self.accepted, self.closed, self.left, self.open].map(i64::from);
        match before + accepted - closed - left - open {
            0 => "平".to_owned(),
            off => format!("差{}", off.abs()),
        }
    }
}

fn slashed(counts: &[u32]) -> String {
    counts.iter().map(u32::to_string).collect::<Vec<_>>().join("/")
}

fn sum(all: &[Counts]) -> Counts {
    let add = |part: fn(&Counts) -> u32| all.iter().map(part).sum();
    let add_each = |part: fn(&Counts, usize) -> u32, i: usize| all.iter().map(|one| part(one, i)).sum();
    Counts {
        unit: "合计".to_owned(),
        received: add(|one| one.received),
        accepted: [0, 1, 2].map(|i| add_each(|one, i| one.accepted[i], i)),
        refused: add(|one| one.refused),
        awaiting: add(|one| one.awaiting),
        closed: [0, 1, 2].map(|i| add_each(|one, i| one.closed[i], i)),
        delivered: add(|one| one.delivered),
        open: add(|one| one.open),
        due_tomorrow: add(|one| one.due_tomorrow),
        overdue: add(|one| one.overdue),
        open_batches: add(|one| one.open_batches),
        ratings: [0, 1, 2, 3, 4].map(|i| add_each(|one, i| one.ratings[i], i)),
        bad_ratings: add(|one| one.bad_ratings),
        reporter: String::new(),
        until: String::new(),
    }
}

/// A heading and a table under it.
fn part(
    sheet: &mut Sheet<'_>,
    title: &str,
    columns: &[(&str, f32)],
    rows: Vec<Vec<String>>,
) -> Result<(), FormError> {
    // A heading, the table's own and a row.
    sheet.need(90.0);
    sheet.flush(title, PART)?;
    sheet.space(2.0);
    let shares: Vec<Column> = columns.iter().map(|(_, share)| Column { share: *share }).collect();
    let (heading, rows) = cells(columns.iter().map(|(name, _)| *name), rows, FIGURE.size);
    sheet.grid(&shares, Some(&heading), &rows)?;
    sheet.space(6.0);
    Ok(())
}

/// A heading and rows of figures in a size; what the first column names stands at the left.
pub(crate) fn cells<'n>(
    names: impl Iterator<Item = &'n str>,
    rows: Vec<Vec<String>>,
    size: f32,
) -> (Row, Vec<Row>) {
    let (head, figure) = (Style::new(Face::Hei, size), Style::new(Face::FangSong, size));
    let heading = Row { cells: names.map(|name| Cell::new(name, head, Align::Centre)).collect() };
    let align = |i: usize| if i == 0 { Align::Left } else { Align::Centre };
    let row = |texts: Vec<String>| Row {
        cells: texts.into_iter().enumerate().map(|(i, text)| Cell::new(text, figure, align(i))).collect(),
    };
    (heading, rows.into_iter().map(row).collect())
}
