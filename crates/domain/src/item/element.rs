//! The elements of an item, a material and a field by the names that the field's people know them under: for tables
//! (one column an element) and for telling what has changed.

use super::{
    Field, HandlingType, Item, Material, Question, ReceiptPoint, VillageMode,
    code::{
        CodeSet, HANDLING_FORM, ITEM_TYPE, MATERIAL_FORMAT, MATERIAL_TYPE, NECESSITY, SERVICE_OBJECT,
        SOURCE_CHANNEL, USE_LEVEL,
    },
    field::Kind,
};
use jiff::civil::Date;

/// One element of a `T`.
pub struct Element<T> {
    pub label: &'static str,
    /// A row without it can't be taken.
    pub required: bool,
    /// As people write it; "" for nothing.
    pub text: fn(&T) -> String,
    /// All that can be written of it; empty where that is anything. What it is of is no matter.
    pub choices: fn(&T) -> Vec<&'static str>,
    /// Takes what people wrote, or says what is wrong with it.
    pub put: fn(&mut T, &str) -> Result<(), String>,
}

/// A value as people write it.
trait Written: Sized {
    fn write(&self) -> String;
    fn read(text: &str) -> Result<Self, String>;

    fn choices(&self) -> Vec<&'static str> {
        Vec::new()
    }
}

impl Written for String {
    fn write(&self) -> String {
        self.clone()
    }

    fn read(text: &str) -> Result<Self, String> {
        Ok(text.to_owned())
    }
}

impl Written for bool {
    fn write(&self) -> String {
        if *self { "是" } else { "否" }.to_owned()
    }

    fn read(text: &str) -> Result<Self, String> {
        match text {
            "是" => Ok(true),
            "否" | "" => Ok(false),
            _ => Err(format!("“{text}”不是“是”或“否”。")),
        }
    }

    fn choices(&self) -> Vec<&'static str> {
        vec!["是", "否"]
    }
}

impl Written for u16 {
    fn write(&self) -> String {
        self.to_string()
    }

    fn read(text: &str) -> Result<Self, String> {
        if text.is_empty() {
            return Ok(0);
        }
        text.parse().map_err(|_| format!("“{text}”不是整数。请只填数字，如 5。"))
    }
}

impl Written for Date {
    fn write(&self) -> String {
        self.to_string()
    }

    fn read(text: &str) -> Result<Self, String> {
        let wrong = || format!("“{text}”不是日期。请写成 2026-01-01 这样。");
        let separated = text.trim_end_matches('日').replace(['年', '月', '/', '.'], "-");
        let mut parts = separated.split('-');
        let (Some(year), Some(month), Some(day), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(wrong());
        };
        let number = |part: &str| part.parse::<i16>().map_err(|_| wrong());
        let small = |part: &str| part.parse::<i8>().map_err(|_| wrong());
        Date::new(number(year)?, small(month)?, small(day)?).map_err(|_| wrong())
    }
}

impl<T: Written> Written for Option<T> {
    fn write(&self) -> String {
        self.as_ref().map(T::write).unwrap_or_default()
    }

    fn read(text: &str) -> Result<Self, String> {
        if text.is_empty() { Ok(None) } else { T::read(text).map(Some) }
    }
}

/// One a line: a legal basis has commas of its own.
impl Written for Vec<String> {
    fn write(&self) -> String {
        self.join("\n")
    }

    fn read(text: &str) -> Result<Self, String> {
        Ok(lines(text).map(str::to_owned).collect())
    }
}

/// 问题｜解答, one a line.
impl Written for Vec<Question> {
    fn write(&self) -> String {
        let line = |Question { question, answer }: &Question| format!("{question}｜{answer}");
        self.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    fn read(text: &str) -> Result<Self, String> {
        lines(text)
            .map(|line| {
                let (question, answer) = line
                    .split_once(['｜', '|'])
                    .ok_or_else(|| format!("“{line}”分不出问题和解答。请写成：问题｜解答，每行一个。"))?;
                Ok(Question { question: question.trim().to_owned(), answer: answer.trim().to_owned() })
            })
            .collect()
    }
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty())
}

/// The kinds of which this program knows every one.
macro_rules! named {
    ($kind:ty, $($variant:ident $name:literal),+) => {
        impl Written for $kind {
            fn write(&self) -> String {
                match self { $(Self::$variant => $name),+ }.to_owned()
            }

            fn read(text: &str) -> Result<Self, String> {
                match text {
                    $($name => Ok(Self::$variant),)+
                    _ => Err(format!("“{text}”不在可选的里面。请填：{}。", [$($name),+].join("、"))),
                }
            }

            fn choices(&self) -> Vec<&'static str> {
                vec![$($name),+]
            }
        }
    };
}

named!(HandlingType, Instant "即办件", Promise "承诺件", Joint "联办件");
named!(VillageMode, Direct "直办", Proxy "代办", Assist "协办", Inform "公开告知");
named!(ReceiptPoint, Village "村（社区）", Township "乡镇（街道）");

fn put<T: Written>(value: &mut T, text: &str) -> Result<(), String> {
    *value = T::read(text.trim())?;
    Ok(())
}

/// A part of something that an item may not have: it comes with its first element and goes with its last.
fn put_part<Whole: Default + PartialEq, T: Written>(
    whole: &mut Option<Whole>,
    part: fn(&mut Whole) -> &mut T,
    text: &str,
) -> Result<(), String> {
    let mut changed = whole.take().unwrap_or_default();
    let read = put(part(&mut changed), text);
    *whole = Some(changed).filter(|changed| *changed != Whole::default());
    read
}

fn labels(set: &CodeSet, codes: &[String]) -> String {
    codes.iter().map(|code| set.label(code)).collect::<Vec<_>>().join("、")
}

fn codes(set: &CodeSet, text: &str) -> Result<Vec<String>, String> {
    let parts = text.split(['、', '，', ',', '；', ';', '\n']).map(str::trim);
    parts.filter(|part| !part.is_empty()).map(|part| set.code(part)).collect()
}

macro_rules! element {
    ($label:expr, required $($path:ident).+) => {
        Element { required: true, ..element!($label, $($path).+) }
    };
    ($label:expr, $($path:ident).+) => {
        Element {
            label: $label,
            required: false,
            text: |of| of.$($path).+.write(),
            choices: |of| of.$($path).+.choices(),
            put: |of, text| put(&mut of.$($path).+, text),
        }
    };
    ($label:expr, $whole:ident? $part:ident) => {
        Element {
            label: $label,
            required: false,
            text: |of| of.$whole.as_ref().map(|whole| whole.$part.write()).unwrap_or_default(),
            choices: |_| Vec::new(),
            put: |of, text| put_part(&mut of.$whole, |whole| &mut whole.$part, text),
        }
    };
    ($label:expr, $path:ident in $set:ident) => {
        Element {
            label: $label,
            required: false,
            text: |of| $set.label(&of.$path).to_owned(),
            choices: |_| $set.labels(),
            put: |of, text| $set.code(text).map(|code| of.$path = code),
        }
    };
    ($label:expr, $path:ident each in $set:ident) => {
        Element {
            label: $label,
            required: false,
            text: |of| labels(&$set, &of.$path),
            // Several at a time, which is more than a list offers.
            choices: |_| Vec::new(),
            put: |of, text| codes(&$set, text).map(|codes| of.$path = codes),
        }
    };
}

/// The element that says which item a row is about.
pub const ITEM_ID: &str = "事项标识";
pub const VERSION: &str = "版本";
pub const NAME: &str = "事项名称";

/// The elements of an item but for its materials and fields (DOMAIN §3.4).
pub static ITEM: [Element<Item>; 71] = [
    element!("事项标识", item_id),
    element!("版本", version),
    element!("事项名称", required name),
    element!("日常用语", plain_name),
    element!("编码状态", code_status),
    element!("基本编码", basic_code),
    element!("实施编码", impl_code),
    element!("业务办理项编码", business_code),
    Element {
        label: "事项类型",
        required: true,
        text: |item| ITEM_TYPE.label(&item.type_code).to_owned(),
        choices: |_| ITEM_TYPE.labels(),
        put: |item, text| {
            item.type_code = ITEM_TYPE.code(text)?;
            item.type_name = ITEM_TYPE.label(&item.type_code).to_owned();
            Ok(())
        },
    },
    Element {
        label: "办件类型",
        required: true,
        text: |item| item.handling_type.write(),
        choices: |item| item.handling_type.choices(),
        put: |item, text| {
            put(&mut item.handling_type, text)?;
            item.handling_type_name = item.handling_type.write();
            item.gb_handling_type_code = match item.handling_type {
                HandlingType::Instant => "1",
                HandlingType::Promise => "2",
                HandlingType::Joint => "9",
            }
            .to_owned();
            Ok(())
        },
    },
    element!("主题", theme),
    element!("行使层级", use_level in USE_LEVEL),
    element!("实施主体", implementing_body),
    element!("主管部门", lead_dept),
    element!("联办机构", co_depts),
    element!("设定依据", legal_basis),
    element!("法定办结时限", statutory_limit.days),
    element!("法定办结时限单位", statutory_limit.unit),
    element!("法定办结时限依据", statutory_limit.basis),
    element!("承诺办结时限", promise_limit.days),
    element!("承诺办结时限单位", promise_limit.unit),
    element!("承诺当场办结", promise_limit.instant),
    element!("延长上限", extension.max_days),
    element!("延长批准人", extension.approver),
    element!("延长依据", extension.basis),
    element!("特别程序", special_procedures),
    element!("紧急程序", emergency_route? name),
    element!("紧急程序决定时限（小时）", emergency_route? decision_hours),
    element!("紧急程序补办时限（工作日）", emergency_route? make_up_workdays),
    element!("紧急程序决定机关", emergency_route? authority),
    element!("紧急程序依据", emergency_route? source),
    element!("重复申请限制", repeat_limit? period),
    element!("重复申请的事由字段", repeat_limit? reason_field),
    element!("重复申请限制依据", repeat_limit? basis),
    element!("受理条件", accept_conditions),
    element!("办理流程", process),
    element!("公示天数", public_notice? days),
    element!("公示天数单位", public_notice? unit),
    element!("公示范围", public_notice? scope),
    element!("公示内容", public_notice? fields_shown),
    element!("公示依据", public_notice? basis),
    element!("受理时段", season),
    element!("服务对象", service_object each in SERVICE_OBJECT),
    element!("办理形式", handling_forms each in HANDLING_FORM),
    element!("网办深度", online_depth),
    element!("到办事现场次数", on_site_times),
    element!("必须现场办理原因", on_site_reason),
    element!("村级办理方式", required village_mode),
    element!("受理地点", required receipt_point),
    element!("可以容缺受理", tolerance_allowed),
    element!("可以告知承诺", commitment_allowed),
    element!("是否收费", is_fee),
    element!("收费依据", fee_basis),
    element!("收费项目", fee_item),
    element!("收费标准", fee_standard),
    element!("是否支持网上支付", online_payment),
    element!("结果名称", result_name),
    element!("审批结果类型", result_type),
    element!("结果样本", result_sample),
    element!("保管期限", retention),
    element!("咨询电话", consult_phone),
    element!("监督投诉电话", complaint_phone),
    element!("常见问题", faq),
    element!("回执特别说明", wording? receipt),
    element!("受理特别说明", wording? acceptance),
    element!("补正特别说明", wording? notice),
    element!("告知承诺内容", wording? commitment),
    element!("办结特别说明", wording? completion),
    element!("生效日期", required effective_from),
    element!("截止日期", effective_to),
    element!("备注", notes),
];

/// The elements of a material.
pub static MATERIAL: [Element<Material>; 16] = [
    element!("序号", seq),
    element!("材料代码", required material_code),
    element!("材料名称", required name),
    element!("材料类型", material_type in MATERIAL_TYPE),
    element!("材料形式", format in MATERIAL_FORMAT),
    element!("原件份数", originals),
    element!("复印件份数", copies),
    Element { required: true, ..element!("必要性", necessity in NECESSITY) },
    element!("可以容缺", tolerable),
    element!("可以承诺代替", commitment_replaceable),
    element!("可以共享取得", shareable),
    element!("来源渠道", source_channel in SOURCE_CHANNEL),
    element!("出具机构", issuer),
    element!("审查要点", review_point),
    element!("何时提供", condition),
    element!("要求依据", requirement_basis),
];

/// The elements of a field of the form. Its type comes before its rule, which is read by it.
pub static FIELD: [Element<Field>; 8] = [
    element!("字段代码", required key),
    element!("字段名称", required label),
    Element {
        label: FIELD_KIND,
        required: true,
        text: |field| Kind::of(&field.kind).map_or_else(|| field.kind.clone(), |kind| kind.zh().to_owned()),
        choices: |_| Kind::all(),
        put: |field, text| {
            let unknown = || format!("“{text}”不是字段类型。请填：{}。", Kind::all().join("、"));
            field.kind = Kind::of(text).ok_or_else(unknown)?.code().to_owned();
            Ok(())
        },
    },
    element!("必填", required),
    element!(FIELD_OPTIONS, options),
    element!(FIELD_RULE, rule),
    element!(FIELD_CONDITION, condition),
    element!("用途", purpose),
];

/// The columns of what is read of a field together with the others ([`super::field::Form`]).
pub const FIELD_KIND: &str = "字段类型";
pub const FIELD_OPTIONS: &str = "选项";
pub const FIELD_RULE: &str = "规则";
pub const FIELD_CONDITION: &str = "填写条件";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::item::catalogue_from_json;

    /// What is written of an element can be read again, and no element writes into another.
    #[test]
    fn every_element_reads_what_it_writes() {
        let catalogue = catalogue_from_json(include_str!("../../../../data/items.json")).unwrap();
        for (item, _) in &catalogue.items {
            let mut again = item.clone();
            rewrite(&ITEM, item, &mut again);
            item.materials
                .iter()
                .zip(&mut again.materials)
                .for_each(|(old, new)| rewrite(&MATERIAL, old, new));
            item.fields.iter().zip(&mut again.fields).for_each(|(old, new)| rewrite(&FIELD, old, new));
            assert_eq!(&again, item);
        }
    }

    fn rewrite<T>(elements: &[Element<T>], of: &T, into: &mut T) {
        for element in elements {
            (element.put)(into, &(element.text)(of)).unwrap();
        }
    }

    #[test]
    fn elements_are_written_as_people_write_them() {
        let mut item = crate::item::tests::catalogue_item("I018").clone();
        let mut put = |label: &str, text: &str| {
            let element = ITEM.iter().find(|element| element.label == label).unwrap();
            (element.put)(&mut item, text).map(|()| (element.text)(&item))
        };
        let table = [
            ("生效日期", "2027年1月5日", "2027-01-05"),
            ("生效日期", "2027/1/5", "2027-01-05"),
            ("截止日期", "", ""),
            ("服务对象", "1，企业法人", "自然人、企业法人"),
            ("行使层级", "村（社区）", "村（社区）"),
            ("行使层级", "8", "8"),
            ("是否收费", "", "否"),
            ("办件类型", "即办件", "即办件"),
            ("法定办结时限", "", ""),
            ("办理流程", "受理\n\n 审核 ", "受理\n审核"),
            ("常见问题", "要多久？|五天。", "要多久？｜五天。"),
            ("紧急程序", "", ""),
            ("告知承诺内容", "家庭收入如实申报\n 愿意入户核查 ", "家庭收入如实申报\n愿意入户核查"),
            ("办结特别说明", "次月起发放", "次月起发放"),
            ("告知承诺内容", "", ""),
        ];
        for (label, text, again) in table {
            assert_eq!(put(label, text).as_deref(), Ok(again), "{label}");
        }
        for (label, text) in [
            ("生效日期", "明年"),
            ("生效日期", ""),
            ("生效日期", "2027-02-30"),
            ("服务对象", "个人"),
            ("承诺办结时限", "五"),
            ("承诺办结时限", "70000"),
            ("是否收费", "收"),
            ("办件类型", ""),
            ("常见问题", "要多久"),
        ] {
            assert!(put(label, text).unwrap_err().ends_with('。'), "{label}");
        }
        for label in
            ["紧急程序决定时限（小时）", "紧急程序补办时限（工作日）", "紧急程序决定机关", "紧急程序依据"]
        {
            put(label, "").unwrap();
        }
        // Gone with its last element.
        assert_eq!(item.emergency_route, None);
        assert_eq!(item.wording.as_ref().unwrap().completion, ["次月起发放"]);
    }
}
