//! An item that nobody has heard of before comes as a table, and every desk knows what to ask: no program is changed for it.

use daiban_testkit::{
    County, pdf_text,
    program::{RunningHub, daiban, run, run_with},
};
use serde_json::{Value, json};
use std::{fs, path::Path};

const ITEMS: &str = "\
事项标识,事项名称,日常用语,编码状态,基本编码,实施编码,业务办理项编码,事项类型,办件类型,主题,行使层级,实施主体,设定依据,承诺办结时限,承诺办结时限单位,办理流程,服务对象,办理形式,到办事现场次数,必须现场办理原因,村级办理方式,受理地点,结果名称,审批结果类型,保管期限,受理特别说明,办结特别说明,生效日期
I042,农民专业合作社贷款贴息申请,合作社贴息,DEMO,622099042000,11621099MA0000A19Y5622099042000,11621099MA0000A19Y562209904200001,公共服务,承诺件,农业农村,5,清源镇人民政府（演示）,《中华人民共和国农民专业合作社法》第六十五条,5,工作日,受理,1,1,1,核验证照原件,代办,乡镇（街道）,贴息通知,办结,10年,贴息按年申请，次年要重新申请。,\"贴息款直接付到合作社账户。
三十日内没有到账的，打咨询电话。\",2026-01-01
";

const MATERIALS: &str = "\
事项标识,序号,材料代码,材料名称,材料类型,材料形式,原件份数,复印件份数,必要性,来源渠道,出具机构
I042,1,APP,申请表,1,3,1,0,必要,10,申请人填写
";

fn fields(rows: &str) -> String {
    let heading = "事项标识,字段代码,字段名称,字段类型,必填,选项,规则,填写条件,用途";
    format!("{heading}\nI042,coop,合作社信用代码,统一社会信用代码,是,,,,核对主体\n{rows}")
}

/// Three cells are wrong, each in its own way.
const WRONG: &str = "\
I042,help,申请哪一种,下拉,是,,,,
I042,from,借款日期,日期,是,,≤ 明天,,
I042,to,还款日期,日期,是,,> form,,
I042,bank,贷款银行,文字,是,,,help = 贴息,
";

const RIGHT: &str = "\
I042,help,申请哪一种,单选,是,\"贴息
一次性补助\",,,
I042,from,借款日期,日期,是,,≤ 今天,help = 贴息,
I042,to,还款日期,日期,是,,> from,help = 贴息,
I042,bank,贷款银行,文字,是,,≥ 2 字,help = 贴息,
I042,sum,借款金额,金额（元）,是,,> 0；≤ 500000,help = 贴息,
";

fn write(folder: &Path, rows: &str) {
    for (name, text) in [("事项", ITEMS), ("材料", MATERIALS), ("字段", fields(rows).as_str())] {
        fs::write(folder.join(format!("新事项-{name}.csv")), text).unwrap();
    }
}

#[tokio::test]
async fn a_new_item_needs_no_new_program() {
    let county = County::folder().await;
    let county = county.path();
    let hub = RunningHub::start(county, 0);
    let at = |desk: &str, arguments: &[&str]| {
        let mut command = daiban(county, desk);
        command.env("DAIBAN_NOW", "2026-03-05T09:00:00+08:00").args(arguments).current_dir(county);
        command
    };
    let answer = |desk: &str, arguments: &[&str]| run(&mut at(desk, arguments)).unwrap();
    let sync = |desk: &str| answer(desk, &["sync", "--hub", &hub.url]);

    // What can't be read is told by its line.
    write(county, WRONG);
    let output = at("county", &["items", "import", "新事项.csv", "--check-only", "--json"]).output().unwrap();
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    let errors = told["errors"].as_array().unwrap().iter();
    let places: Vec<(u64, &str)> =
        errors.map(|error| (error["row"].as_u64().unwrap(), error["column"].as_str().unwrap())).collect();
    assert_eq!(places, [(3, "字段类型"), (4, "规则"), (5, "规则")], "{told}");

    write(county, RIGHT);
    answer("county", &["items", "import", "新事项.csv", "-o", "草稿.json"]);
    // The same in another program's hands: a type that this one doesn't know isn't published.
    let draft = fs::read_to_string(county.join("草稿.json")).unwrap();
    fs::write(county.join("别的.json"), draft.replace("\"type\": \"uscc\"", "\"type\": \"hologram\""))
        .unwrap();
    let checked = at("county", &["items", "check", "别的.json", "--json"]).output().unwrap();
    assert!(String::from_utf8(checked.stdout).unwrap().contains("FIELDS"));
    let refused = run(&mut at("county", &["items", "publish", "别的.json", "--as", "2026.2"]));
    assert_eq!(refused.unwrap_err(), "not-allowed");
    answer("county", &["items", "publish", "草稿.json", "--as", "2026.2"]);
    sync("county");
    sync("village");
    sync("township");

    // Types, rules, options and conditions come out of the tables as they went in.
    answer("township", &["items", "export", "-o", "目录.xlsx"]);
    assert_eq!(answer("township", &["items", "diff", "目录.xlsx"])["says"], json!([]));

    let record = |fields: Value| {
        let request = json!({
            "itemId": "I042", "fields": fields,
            "applicant": {"name": "王一", "idNo": "621099194203150014", "phone": "13912345678", "address": "上塬村"},
            "materials": [{"materialCode": "APP", "originals": 1}],
        });
        let recorded = run_with(&mut at("village", &["record", "-"]), &request.to_string()).unwrap();
        let case_no = recorded["caseNo"].as_str().unwrap().to_owned();
        answer("village", &["act", &case_no, "handOver"]);
        sync("village");
        sync("township");
        answer("township", &["act", &case_no, "receive"]);
        // The same person asks twice, which is told beside.
        let warnings = recorded["warnings"].as_array().unwrap().iter();
        let of_form = warnings.filter(|warning| warning["path"].as_str().unwrap().starts_with("fields."));
        let told = of_form.map(|warning| {
            format!("{} {}", warning["path"].as_str().unwrap(), warning["code"].as_str().unwrap())
        });
        (case_no, told.collect::<Vec<_>>())
    };
    let lent = json!({
        "coop": " 12441500196720244t ", "help": "贴息", "from": "2026年3月1日", "to": "20260301", "bank": "", "sum": "￥２0,000",
    });
    let (case_no, told) = record(lent);
    assert_eq!(told, ["fields.to field-rule", "fields.bank missing"]);
    let shown = answer("township", &["show", &case_no]);
    let field = |key: &str| {
        let fields = shown["fields"].as_array().unwrap();
        let found = fields.iter().find(|field| field["key"] == key).unwrap();
        (found["value"].as_str().unwrap(), found["says"].as_str().unwrap(), found["asked"] == true)
    };
    assert_eq!(field("coop").0, "12441500196720244T");
    assert_eq!(field("from"), ("2026-03-01", "2026年3月1日", true));
    assert_eq!(field("sum"), ("20000.00", "20000.00 元", true));

    // Refused, completed, accepted.
    let accept = |case_no: &str| run(&mut at("township", &["act", case_no, "accept"]));
    let set = |path: &str, value: &str| run(&mut at("township", &["set", &case_no, path, value]));
    assert_eq!(accept(&case_no).unwrap_err(), "not-allowed");
    set("fields.bank", "信用社").unwrap();
    assert_eq!(accept(&case_no).unwrap_err(), "not-allowed");
    assert_eq!(set("fields.to", "2027-02-30").unwrap_err(), "bad-input");
    set("fields.to", "2027年3月1日").unwrap();
    assert_eq!(accept(&case_no).unwrap()["state"], "ACCEPTED");
    // And what the item has to say for itself stands on its paper.
    let notice = county.join("notice.pdf");
    answer("township", &["form", &case_no, "F02", "-o", notice.to_str().unwrap()]);
    let text: String = pdf_text(&notice).split_whitespace().collect();
    assert!(text.contains("特别说明：贴息按年申请，次年要重新申请。"), "{text}");
    assert!(!text.contains("直接付到合作社账户"), "that is another paper's: {text}");

    // Who asks for the other kind isn't asked about a loan; what they said of one stays.
    let given = json!({"coop": "12441500196720244T", "help": "一次性补助", "sum": "不清楚"});
    let (case_no, told) = record(given);
    assert_eq!(told, Vec::<String>::new());
    let accepted = accept(&case_no).unwrap();
    assert_eq!(accepted["state"], "ACCEPTED");
    let kept = accepted["fields"].as_array().unwrap().iter().find(|field| field["key"] == "sum").unwrap();
    assert_eq!((&kept["value"], &kept["asked"]), (&json!("不清楚"), &json!(false)));
}
