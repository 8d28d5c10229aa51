//! Who asks, on the page of their case.

texts! {
    applicant = "申请人" / "Applicant";
    recorded_by(unit: &str) = "{unit}登记" / "recorded by {unit}";
    id_no = "身份号码" / "Identity number";
    organisation = "单位名称" / "Organisation";
    name = "姓名" / "Name";
    legal = "法定代表人" / "Legal representative";
    handler = "经办人" / "Handled by";
    handler_no = "经办人号码" / "Their number";
    guardian = "监护人" / "Guardian";
    guardian_no = "监护人号码" / "Guardian's number";
    birth = "出生日期" / "Birth";
    contact = "代转人" / "Reached through";
    phone = "联系电话" / "Telephone";
    organisation_address = "单位地址" / "Address";
    address = "现住址" / "Address";
    not_said = "没有填" / "not said";
    correct(label: &str) = "改{label}" / "Correct {label}";
    correct_short = "改" / "Correct";
    corrected(label: &str) = "{label}改好了" / "{label} corrected";
    done = "改好" / "Correct it";
    leave = "不改" / "Leave it";
}
