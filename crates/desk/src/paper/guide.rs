use crate::form::{issuer, promise_says, remedy};
use daiban_domain::{
    Level, UnitCode,
    item::{
        Item, Limit, Material, ReceiptPoint, VillageMode,
        code::{
            CodeSet, HANDLING_FORM, ITEM_TYPE, MATERIAL_FORMAT, MATERIAL_TYPE, NECESSITY, SERVICE_OBJECT,
            SOURCE_CHANNEL, USE_LEVEL,
        },
    },
};
use daiban_forms::{Basics, Contact, Fee, FlowStep, Guide, GuideMaterial, Limits, ResultPaper};
use daiban_replica::{ReplicaError, public::unit};
use jiff::civil::Date;
use rusqlite::Connection;

/// The guide as a unit hands it out: where to go and whom to ask is the item's own, or else this unit's.
pub(super) fn gather(db: &Connection, item: &Item, code: UnitCode, on: Date) -> Result<Guide, ReplicaError> {
    let issuer = issuer(db, code)?;
    let or = |own: &str, else_: &str| if own.is_empty() { else_ } else { own }.to_owned();
    let complaint = or(&item.complaint_phone, &issuer.complaint_phone);
    Ok(Guide {
        item_id: item.item_id.clone(),
        version: item.version,
        effective_from: item.effective_from,
        effective_to: item.effective_to,
        printed_on: on,
        name: item.name.clone(),
        basics: basics(item),
        legal_basis: item.legal_basis.clone(),
        conditions: conditions(item),
        materials: item.materials.iter().map(material).collect(),
        steps: steps(item),
        procedures: procedures(item),
        limits: Limits {
            statutory: statutory(&item.statutory_limit),
            promise: promise_says(item),
            extension: extension(item),
        },
        fee: Fee {
            charged: item.is_fee,
            item: item.fee_item.clone(),
            standard: item.fee_standard.clone(),
            basis: item.fee_basis.clone(),
            online_payment: item.online_payment,
        },
        result: ResultPaper {
            name: item.result_name.clone(),
            kind: item.result_type.clone(),
            sample: item.result_sample.clone(),
        },
        contact: Contact {
            place: place(db, item, code)?,
            hours: "工作日，以窗口公布的时间为准".to_owned(),
            consult: or(&item.consult_phone, &issuer.phone),
            complaint: complaint.clone(),
        },
        remedy: Some(remedy(db, item, code, &complaint)?),
        questions: item.faq.iter().map(|asked| (asked.question.clone(), asked.answer.clone())).collect(),
        // A note that begins with a mark tells the county where a sample is from, and nobody else.
        notes: Some(item.notes.clone())
            .filter(|notes| !notes.is_empty() && !notes.starts_with('['))
            .into_iter()
            .collect(),
        issuer,
    })
}

fn labels(set: &CodeSet, codes: &[String]) -> String {
    codes.iter().map(|code| set.label(code)).collect::<Vec<_>>().join("、")
}

fn basics(item: &Item) -> Basics {
    let times = format!("{}次", item.on_site_times);
    Basics {
        plain_name: item.plain_name.clone(),
        theme: item.theme.clone(),
        kind: ITEM_TYPE.label(&item.type_code).to_owned(),
        handling: item.handling_type_name.clone(),
        codes: [&item.basic_code, &item.impl_code, &item.business_code].map(String::clone),
        sample_codes: item.code_status == "DEMO",
        level: USE_LEVEL.label(&item.use_level).to_owned(),
        body: item.implementing_body.clone(),
        department: item.lead_dept.clone(),
        joint: item.co_depts.join("、"),
        objects: labels(&SERVICE_OBJECT, &item.service_object),
        // 其他 is the village's way, which has a line of its own.
        forms: labels(&HANDLING_FORM, &item.handling_forms).replace("、其他", ""),
        online: item.online_depth.clone(),
        on_site: match item.on_site_reason.as_str() {
            "" => times,
            reason => format!("{times}：{reason}"),
        },
        village: match item.village_mode {
            VillageMode::Direct => "村（社区）直接办理",
            VillageMode::Proxy => "村（社区）代办，不收费",
            VillageMode::Assist => "村（社区）协助办理",
            VillageMode::Inform => "村（社区）公开告知",
        }
        .to_owned(),
        receipt: match item.receipt_point {
            ReceiptPoint::Village => "村（社区）",
            ReceiptPoint::Township => "乡镇（街道）",
        }
        .to_owned(),
        season: item.season.clone().unwrap_or_default(),
    }
}

fn conditions(item: &Item) -> Vec<String> {
    let repeated = item.repeat_limit.as_ref().filter(|limit| !limit.period.is_empty());
    let repeated = repeated.map(|limit| format!("同一事由一个{}内只能申请一次。", limit.period));
    let own = Some(item.accept_conditions.clone()).filter(|own| !own.is_empty());
    own.into_iter().chain(repeated).collect()
}

fn material(material: &Material) -> GuideMaterial {
    let said = |says: bool, text: &str| says.then(|| text.to_owned());
    let kind = [MATERIAL_TYPE.label(&material.material_type), MATERIAL_FORMAT.label(&material.format)];
    let kind: Vec<&str> = kind.into_iter().filter(|text| !text.is_empty()).collect();
    let source = match material.issuer.as_str() {
        "" => SOURCE_CHANNEL.label(&material.source_channel),
        issuer => issuer,
    };
    let basis = Some(&material.requirement_basis).filter(|basis| !basis.is_empty());
    GuideMaterial {
        name: material.name.clone(),
        kind: kind.join("，"),
        necessity: NECESSITY.label(&material.necessity).to_owned(),
        originals: material.originals,
        copies: material.copies,
        source: source.to_owned(),
        remarks: [
            said(!material.condition.is_empty(), &material.condition),
            said(!material.review_point.is_empty(), &material.review_point),
            said(material.tolerable, "可以容缺后补"),
            said(material.commitment_replaceable, "可以承诺代替"),
            said(material.shareable, "能共享取得的免交"),
            basis.map(|basis| format!("依据：{basis}")),
        ]
        .into_iter()
        .flatten()
        .collect(),
    }
}

/// What is known of a step beside its name: where it begins, what doesn't count, how long a notice hangs, what comes out.
fn steps(item: &Item) -> Vec<FlowStep> {
    let note = |step: &str| -> String {
        let special = |procedure: &String| step.contains(procedure.as_str()) || procedure.contains(step);
        let notice = item.public_notice.as_ref().filter(|_| step.contains("公示"));
        match notice {
            _ if step == "受理" && item.receipt_point == ReceiptPoint::Village => "在村（社区）".to_owned(),
            _ if step == "受理" => "在乡镇（街道）".to_owned(),
            Some(notice) => format!("{}个{}", notice.days, notice.unit),
            None if item.special_procedures.iter().any(special) => "不计入办理时限".to_owned(),
            None if step == "办结" || step.contains("发证") => item.result_name.clone(),
            None => String::new(),
        }
    };
    item.process.iter().map(|step| FlowStep { name: step.clone(), note: note(step) }).collect()
}

fn procedures(item: &Item) -> Vec<String> {
    let special = Some(item.special_procedures.join("、"))
        .filter(|special| !special.is_empty())
        .map(|special| format!("特别程序：{special}。所需时间不计入办理时限。"));
    let notice = item.public_notice.as_ref().map(|notice| {
        let shown = if notice.fields_shown.is_empty() {
            "姓名".to_owned()
        } else {
            notice.fields_shown.join("、")
        };
        let (scope, days, unit) = (&notice.scope, notice.days, &notice.unit);
        format!("公示：在{scope}公示{days}个{unit}，只公示{shown}。")
    });
    let urgent = item.emergency_route.as_ref().map(|route| {
        let (name, hours, days) = (&route.name, route.decision_hours, route.make_up_workdays);
        format!("紧急程序（{name}）：{hours}小时内先行决定，{days}个工作日内补办手续。")
    });
    let tolerant =
        item.tolerance_allowed.then(|| "主要材料齐全的，可以容缺受理，次要材料限期补交。".to_owned());
    let committed =
        item.commitment_allowed.then(|| "标明可以承诺代替的材料，可以用书面告知承诺代替。".to_owned());
    [special, notice, urgent, tolerant, committed].into_iter().flatten().collect()
}

fn statutory(limit: &Limit) -> String {
    match (limit.days, limit.basis.as_str()) {
        (None, _) => "法律、法规未作规定".to_owned(),
        (Some(days), "") => format!("{days}个{}", limit.unit),
        (Some(days), basis) => format!("{days}个{}（{basis}）", limit.unit),
    }
}

fn extension(item: &Item) -> String {
    match (item.extension.max_days, item.extension.basis.as_str()) {
        (None, _) => "按主管部门的规定".to_owned(),
        (Some(days), "") => format!("经批准最多延长{days}个{}", item.statutory_limit.unit),
        (Some(days), basis) => format!("经批准最多延长{days}个{}（{basis}）", item.statutory_limit.unit),
    }
}

/// Where it is received: of a village's or a township's guide the very place, of a county's the kind of place.
fn place(db: &Connection, item: &Item, code: UnitCode) -> Result<String, ReplicaError> {
    let at = match (item.receipt_point, code.level()) {
        (_, Level::County) => None,
        (ReceiptPoint::Township, Level::Village) => code.parent(),
        _ => Some(code),
    };
    let at = at.map(|at| unit::find(db, at)).transpose()?.flatten();
    let at = at.map(|unit| format!("{}，{}", unit.full_name, unit.address));
    Ok(match (item.receipt_point, at) {
        (ReceiptPoint::Village, None) => "各村（社区）便民服务站".to_owned(),
        (ReceiptPoint::Village, Some(at)) => at,
        (ReceiptPoint::Township, None) => {
            "各乡镇（街道）便民服务中心；村（社区）便民服务站可以代办".to_owned()
        }
        (ReceiptPoint::Township, Some(at)) => format!("{at}；村（社区）便民服务站可以代办"),
    })
}
