//! What an act asks before it is taken.

texts! {
    reject_reason = "不予的理由（印在决定书上）" / "Why it is rejected (printed on the decision)";
    withdraw_reason = "撤回的原因" / "Why it is withdrawn";
    opinion = "拟办意见" / "Proposed decision";
    ground = "行政许可只有这两种理由" / "A licence has only these two grounds";
    refuse_reason = "不予受理的理由（印在通知书上）" / "Why it isn't accepted (printed on the notice)";
    objection = "异议的内容" / "What is objected";
    send_back_reason = "退回审查的理由" / "Why it goes back to review";
    stop_reason = "停发的原因" / "Why the benefit stops";
    keep_reason = "核实的情况，为什么继续发" / "What was found, and why the benefit goes on";
    urgent_reason = "急在哪里" / "Why it is urgent";
    return_reason = "登记哪里不对" / "What is wrong with the record";
    contacts = "什么时候、怎么联系过申请人" / "When and how the applicant was contacted";
    extend_days = "延长几个工作日" / "Working days more";
    extend_reason = "延期的理由（告知申请人）" / "Why it takes longer (told to the applicant)";
    procedure = "哪一种特别程序" / "Which special procedure";
    basis = "依据" / "By which rule";
    expected_days = "预计几个工作日" / "Working days expected";
    told_in_writing = "已经书面告知申请人所需时间" / "The applicant has been told in writing how long it takes";
    result_name = "结果名称" / "Name of the result";
    result_number = "结果文号（没有就空着）" / "Number of the result, if it has one";
    recipient = "谁领的" / "Who took it";
    delivery_method = "怎么送的" / "How it was delivered";
    point_material = "材料或事项" / "Paper or point";
    point_problem = "哪里不对" / "What is wrong";
    point_remedy = "怎么补" / "How to mend it";
    point_add = "再加一条" / "Another point";
    why_again = "为什么要再告知一次" / "Why a second notice";
}
