//! Recording a request.

texts! {
    from_register = "取自居民登记，没有全显示" / "From the register, not shown whole";
    title = "登记" / "Record a request";
    stepwise = "一步一步来" / "Step by step";
    dense = "都放在一页上" / "All on one page";
    steps = "登记的步骤" / "Steps";
    who = "谁来办" / "Who";
    what = "办什么" / "What";
    materials = "收材料" / "Materials";
    check = "看一遍" / "Check";
    receipt = "打回执" / "Receipt";
    nobody = "还没填" / "nobody yet";
    received(got: usize, all: usize) = "{all} 样里收到 {got} 样" / "{got} of {all}";
    back = "上一步" / "Back";
    aside = "放着，下次接着办" / "Leave it for later";
    next(step: &str) = "下一步：{step}" / "Next: {step}";
    save = "存下，打回执" / "Save and print";
    left_for_later = "放好了，下次点“登记”接着办" / "Kept: go on from \"Record\" later";
    in_register = "登记过的人，从这里取" / "Take somebody who is registered";
    in_register_label = "在居民登记里找" / "Find in the register";
    none_in_register = "登记里没有，就在左边填。" / "Not registered: fill in at the left.";
    taken(name: &str) = "取了{name}的登记" / "Taken: {name}";
    unfinished = "没填完的" / "Unfinished";
    unfinished_count(count: usize) = "{count} 件" / "{count}";
    go_on = "接着办" / "Go on";
    drop = "不要了" / "Throw away";
    really_drop = "真的不要了" / "Really throw it away";
    no_item = "还没选办什么" / "no item yet";
    no_name = "没填姓名" / "no name";
    applicant = "申请人" / "Applicant";
    item = "事项" / "Item";
    got = "收到的材料" / "Materials received";
    none_got = "一样也没收" / "none";
    answers = "问到的" / "Answers";
    change = "改" / "Change";
    change_label(step: &str) = "改：{step}" / "Change: {step}";
    originals(count: u16) = "原件 {count}" / "{count} original";
    copies(count: u16) = "复印件 {count}" / "{count} copied";
    name = "姓名" / "Name";
    number = "号码" / "Number";
    phone = "电话" / "Telephone";
    address = "住址" / "Address";
}
