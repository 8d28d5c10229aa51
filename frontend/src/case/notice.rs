//! 一次性告知: every gap at once, each with how to mend it.

use super::questions::Payload;
use crate::{
    dom,
    texts::{acts as texts, written},
    widgets::Icon,
};
use daiban_contract::view::{CaseView, MaterialView};
use serde_json::json;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Clone, Debug, Default, PartialEq)]
struct Point {
    material: String,
    problem: String,
    remedy: String,
}

#[derive(Clone, Copy)]
enum Cell {
    Material,
    Problem,
    Remedy,
}

/// What is missing for sure; a person adds what only a look at the papers tells.
fn usual(case: &CaseView) -> Vec<Point> {
    let missing = case.materials.iter().filter(|material| material.required && !material.received);
    let points: Vec<Point> = missing
        .map(|material| Point {
            material: material.name.clone(),
            problem: written::NOT_RECEIVED.into(),
            remedy: bring(material),
        })
        .collect();
    if points.is_empty() { vec![Point::default()] } else { points }
}

fn bring(material: &MaterialView) -> String {
    written::bring(material.originals_needed, material.copies_needed)
}

/// One notice tells all: another one needs a reason, and is the head's to give.
fn noticed_before(case: &CaseView) -> bool {
    case.events.iter().any(|event| event.kind == "oneTimeNotice" && !event.contested)
}

/// `None` while no point says both what is wrong and how to mend it, or one says only half, or a reason that is needed is
/// missing.
fn payload(points: &[Point], reason: Option<&str>) -> Option<Payload> {
    let blank = |point: &&Point| {
        [&point.material, &point.problem, &point.remedy].iter().all(|text| text.trim().is_empty())
    };
    let points: Vec<&Point> = points.iter().filter(|point| !blank(point)).collect();
    let whole = |point: &&Point| !point.problem.trim().is_empty() && !point.remedy.trim().is_empty();
    if points.is_empty() || !points.iter().all(whole) || reason.is_some_and(|reason| reason.trim().is_empty())
    {
        return None;
    }
    let points: Vec<_> = points
        .iter()
        .map(|point| {
            json!({
                "material": point.material.trim(), "problem": point.problem.trim(), "remedy": point.remedy.trim(),
            })
        })
        .collect();
    let reason = reason.map(|reason| ("reason".to_owned(), reason.trim().into()));
    Some([("points".to_owned(), points.into())].into_iter().chain(reason).collect())
}

#[derive(Properties, PartialEq)]
pub struct Props {
    pub case: Rc<CaseView>,
    pub on_payload: Callback<Option<Payload>>,
}

#[component]
pub fn Notice(Props { case, on_payload }: &Props) -> Html {
    let points = use_state_eq(|| usual(case));
    let reason = use_state_eq(String::new);
    let again = noticed_before(case);
    use_effect_with(
        (payload(&points, again.then_some(reason.as_str())), on_payload.clone()),
        |(says, on_payload)| on_payload.emit(says.clone()),
    );
    let add = {
        let points = points.clone();
        Callback::from(move |_: MouseEvent| {
            let mut next = (*points).clone();
            next.push(Point::default());
            points.set(next);
        })
    };
    let cell = |i: usize, cell: Cell, value: &str, hint: &'static str| {
        let points = points.clone();
        let oninput = Callback::from(move |event: InputEvent| {
            let mut next = (*points).clone();
            let text = dom::value(&event);
            match cell {
                Cell::Material => next[i].material = text,
                Cell::Problem => next[i].problem = text,
                Cell::Remedy => next[i].remedy = text,
            }
            points.set(next);
        });
        html! {
            <span class="input small">
                <input value={value.to_owned()} {oninput} placeholder={hint} aria-label={hint} autocomplete="off" />
            </span>
        }
    };
    html! {
        <>
            <ol class="points">
                { for points.iter().enumerate().map(|(i, point)| html! {
                    <li key={i}>
                        { cell(i, Cell::Material, &point.material, texts::point_material()) }
                        { cell(i, Cell::Problem, &point.problem, texts::point_problem()) }
                        { cell(i, Cell::Remedy, &point.remedy, texts::point_remedy()) }
                    </li>
                }) }
            </ol>
            <button type="button" class="button small quiet" onclick={add}><Icon name="plus" />{ texts::point_add() }</button>
            if again {
                <div class="field">
                    <label for="ask-reason">{ texts::why_again() }</label>
                    <span class="input">
                        <input id="ask-reason" value={(*reason).clone()} autocomplete="off"
                            oninput={Callback::from(move |event: InputEvent| reason.set(dom::value(&event)))} />
                    </span>
                </div>
            }
        </>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(material: &str, problem: &str, remedy: &str) -> Point {
        Point { material: material.into(), problem: problem.into(), remedy: remedy.into() }
    }

    #[test]
    fn a_notice_needs_every_gap_with_its_remedy() {
        let whole = point("申请表", "没有签名", "本人签名后交来");
        for (name, points, count) in [
            ("nothing", vec![], None),
            ("only blank lines", vec![Point::default()], None),
            ("one whole", vec![whole.clone()], Some(1)),
            ("blank lines are dropped", vec![whole.clone(), point(" ", "", "")], Some(1)),
            ("half a point holds it back", vec![whole.clone(), point("户口簿", "看不清", "")], None),
            ("a gap that is no material", vec![point("", "没有本人到场", "本人来一次")], Some(1)),
        ] {
            let points =
                payload(&points, None).map(|payload| payload["points"].as_array().map_or(0, Vec::len));
            assert_eq!(points, count, "{name}");
        }
        assert_eq!(payload(std::slice::from_ref(&whole), Some(" ")), None, "a second one says why");
        assert_eq!(payload(&[whole], Some("户口不在本乡镇 ")).unwrap()["reason"], "户口不在本乡镇");
    }
}
