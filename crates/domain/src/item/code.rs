//! Code sets of GB/T 39046-2020 annex A, and what people call the codes (DOMAIN §3.3). The standard lets a set be
//! extended, so a code that isn't listed stands for itself.

pub struct CodeSet(&'static [(&'static str, &'static str)]);

/// 事项类型.
pub static ITEM_TYPE: CodeSet = CodeSet(&[
    ("01", "行政许可"),
    ("02", "行政处罚"),
    ("03", "行政强制"),
    ("04", "行政征收"),
    ("05", "行政给付"),
    ("06", "行政检查"),
    ("07", "行政确认"),
    ("08", "行政奖励"),
    ("09", "行政裁决"),
    ("10", "其他行政权力"),
    ("20", "公共服务"),
]);

/// 行使层级.
pub static USE_LEVEL: CodeSet = CodeSet(&[
    ("1", "国家"),
    ("2", "省"),
    ("3", "市"),
    ("4", "县"),
    ("5", "镇（乡、街道）"),
    ("6", "村（社区）"),
    ("7", "分级管理"),
]);

/// 服务对象.
pub static SERVICE_OBJECT: CodeSet = CodeSet(&[
    ("1", "自然人"),
    ("2", "企业法人"),
    ("3", "事业法人"),
    ("4", "社会组织法人"),
    ("5", "行政机关"),
    ("6", "其他组织"),
]);

/// 办理形式; by the village is 其他.
pub static HANDLING_FORM: CodeSet =
    CodeSet(&[("1", "窗口"), ("2", "电脑端网上"), ("3", "移动端"), ("4", "快递"), ("9", "其他")]);

/// 材料类型.
pub static MATERIAL_TYPE: CodeSet =
    CodeSet(&[("1", "申请表格文书"), ("2", "证件证书证明"), ("3", "其他材料")]);

/// 材料形式.
pub static MATERIAL_FORMAT: CodeSet = CodeSet(&[("1", "纸质"), ("2", "电子"), ("3", "纸质或电子")]);

/// 材料必要性.
pub static NECESSITY: CodeSet = CodeSet(&[("1", "必要"), ("2", "非必要"), ("3", "容缺后补")]);

/// 来源渠道.
pub static SOURCE_CHANNEL: CodeSet = CodeSet(&[("10", "申请人自备"), ("20", "政府部门核发"), ("99", "其他")]);

impl CodeSet {
    /// What people call the code.
    pub fn label<'a>(&self, code: &'a str) -> &'a str {
        self.0.iter().find(|(known, _)| *known == code).map_or(code, |(_, label)| label)
    }

    /// The code of what people wrote: its label, or the code itself.
    pub fn code(&self, text: &str) -> Result<String, String> {
        let text = text.trim();
        let known = self.0.iter().find(|(code, label)| *code == text || *label == text);
        match known {
            Some((code, _)) => Ok((*code).to_owned()),
            None if text.is_empty() || text.bytes().all(|byte| byte.is_ascii_digit()) => Ok(text.to_owned()),
            None => Err(format!("“{text}”不在可选的里面。请填：{}。", self.labels().join("、"))),
        }
    }

    pub fn labels(&self) -> Vec<&'static str> {
        self.0.iter().map(|(_, label)| *label).collect()
    }
}
