//! The stick: an exchange in a file, carried by hand.

use crate::{
    ipc,
    live::{Here, Told, use_answer, use_here},
    says::Says,
    texts::{failure, sync as texts},
    widgets::{Icon, PickButton, Pickable, TextField},
    words,
};
use daiban_contract::{
    Failure,
    act::{ExportBundle, ImportBundle},
    ask,
    view::{BundleView, Bundled, Imported, SticksView, UnitRow},
};
use daiban_domain::UnitCode;
use jiff::civil::Date;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// What became of the last file: lines to read.
type Outcome = Result<Vec<String>, Failure>;

/// As many files as stand beside each other.
const SHOWN: usize = 2;

#[component]
pub fn StickCard() -> Html {
    let here = use_here();
    let sticks = use_answer(Some(ask::Sticks {})).data;
    let outcome = use_state_eq(|| None::<Outcome>);
    let on_outcome = {
        let (outcome, touch) = (outcome.clone(), here.touch.clone());
        Callback::from(move |said| {
            outcome.set(Some(said));
            touch.emit(());
        })
    };
    let plugged = match sticks.as_ref().map(|sticks| &sticks.sticks[..]) {
        None => String::new(),
        Some([]) => texts::no_stick().to_owned(),
        Some([one]) => texts::one_stick(&one.name),
        Some(many) => texts::sticks(many.len()),
    };
    html! {
        <section class="card list stick">
            <header><Icon name="usb" /><h2>{ texts::stick() }</h2><span class="dense soft clip">{ plugged }</span></header>
            <div class="halves">
                <Export sticks={sticks.clone()} on_outcome={on_outcome.clone()} />
                <Import sticks={sticks} {on_outcome} />
            </div>
            <div id="bundle-result" class="outcome" role="status"
                data-done={outcome.as_ref().map(|outcome| outcome.is_ok().to_string())}>
                { match &*outcome {
                    None => html! {
                        <p class="dense soft">
                            { texts::stick_explained() }
                        </p>
                    },
                    Some(Ok(lines)) => html! {
                        <>
                            { for lines.iter().enumerate().map(|(i, line)| html! {
                                <p class={classes!((i > 0).then_some("dense soft path"))}>{ line }</p>
                            }) }
                        </>
                    },
                    Some(Err(failure)) => html! { <p class="wrong"><Icon name="circle-alert" />{ " " }{ failure::says(failure) }</p> },
                } }
            </div>
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct HalfProps {
    sticks: Option<Rc<SticksView>>,
    on_outcome: Callback<Outcome>,
}

#[component]
fn Export(HalfProps { sticks, on_outcome }: &HalfProps) -> Html {
    let here = use_here();
    let unit = use_state_eq(|| None::<UnitCode>);
    let typed = use_state_eq(|| None::<String>);
    let running = use_state_eq(|| false);
    let no_stick = typed.is_none() && sticks.as_ref().is_some_and(|sticks| sticks.sticks.is_empty());
    let units = receivers(&here);
    let to = (*unit).or(units.first().map(|unit| unit.code));
    let path = typed.as_ref().or(sticks.as_ref().map(|sticks| &sticks.folder)).cloned().unwrap_or_default();
    let onchange = {
        let unit = unit.clone();
        Callback::from(move |event: Event| {
            unit.set(
                event.target_dyn_into::<HtmlSelectElement>().and_then(|select| select.value().parse().ok()),
            );
        })
    };
    let on_path = {
        let typed = typed.clone();
        Callback::from(move |text: String| typed.set(Some(text)))
    };
    let onsubmit = {
        let request = ExportBundle { file: Some(path.trim().to_owned()), unit: to, all: false };
        submit(&running, on_outcome, request, move |done| exported(&done))
    };
    html! {
        <form {onsubmit}>
            <div class="field">
                <label for="bundle-unit">{ texts::for_whom() }</label>
                <select id="bundle-unit" class="input" {onchange}>
                    { for units.iter().map(|unit| html! {
                        <option value={unit.code.to_string()} selected={Some(unit.code) == to}>{ &unit.name }</option>
                    }) }
                </select>
            </div>
            <TextField id="bundle-export-path" label={texts::write_where()} value={path.clone()} on_value={on_path.clone()}
                says={no_stick.then(|| Says::plain(texts::write_here())).flatten()}>
                <PickButton what={Pickable::Folder} id="bundle-export-pick" on_pick={on_path.clone()} on_failure={here.tell.reform(Told::Failed)} />
            </TextField>
            <Sticks sticks={sticks.clone()} chosen={path.clone()} on_choose={on_path} />
            <span class="spring" />
            <button id="bundle-export" class="button large wide" disabled={*running || path.trim().is_empty()}>
                <Icon name="upload" />{ if *running { texts::writing() } else { texts::export() } }
            </button>
        </form>
    }
}

#[component]
fn Import(HalfProps { sticks, on_outcome }: &HalfProps) -> Html {
    let here = use_here();
    let typed = use_state_eq(|| None::<String>);
    let running = use_state_eq(|| false);
    let today = here.desk.today;
    let bundles = sticks.as_ref().map(|sticks| &sticks.bundles[..]).unwrap_or_default();
    let path = typed.as_ref().or(bundles.first().map(|bundle| &bundle.file)).cloned().unwrap_or_default();
    let on_path = {
        let typed = typed.clone();
        Callback::from(move |text: String| typed.set(Some(text)))
    };
    let onsubmit = {
        let request = ImportBundle { file: path.trim().to_owned() };
        submit(&running, on_outcome, request, move |done| imported(&done, today))
    };
    html! {
        <form {onsubmit}>
            <div class="field">
                <span class="dense soft">{ texts::brought() }</span>
                <div class="found">
                    if bundles.is_empty() { <span class="faint">{ texts::none_seen() }</span> }
                    { for bundles.iter().take(SHOWN).map(|bundle| html! {
                        <Found key={bundle.file.clone()} bundle={bundle.clone()} {today}
                            chosen={bundle.file == path} on_choose={on_path.clone()} />
                    }) }
                </div>
            </div>
            <TextField id="bundle-import-path" label={texts::from_file()} value={path.clone()} on_value={on_path.clone()}>
                <PickButton what={Pickable::File} id="bundle-import-pick" on_pick={on_path} on_failure={here.tell.reform(Told::Failed)} />
            </TextField>
            <span class="spring" />
            <button id="bundle-import" class="button large wide" disabled={*running || path.trim().is_empty()}>
                <Icon name="download" />{ if *running { texts::reading() } else { texts::import() } }
            </button>
        </form>
    }
}

#[derive(Properties, PartialEq)]
struct SticksProps {
    sticks: Option<Rc<SticksView>>,
    chosen: AttrValue,
    on_choose: Callback<String>,
}

/// With more than one stick in the machine a person says which.
#[component]
fn Sticks(SticksProps { sticks, chosen, on_choose }: &SticksProps) -> Html {
    let Some(sticks) = sticks.as_ref().filter(|sticks| sticks.sticks.len() > 1) else { return html! {} };
    html! {
        <div class="row wrap">
            { for sticks.sticks.iter().map(|stick| {
                let onclick = on_choose.reform({
                    let folder = stick.folder.clone();
                    move |_: MouseEvent| folder.clone()
                });
                html! {
                    <button type="button" class="button small quiet" {onclick}
                        aria-pressed={(stick.folder == chosen.as_str()).to_string()}>{ &stick.name }</button>
                }
            }) }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct FoundProps {
    bundle: BundleView,
    today: Date,
    chosen: bool,
    on_choose: Callback<String>,
}

#[component]
fn Found(FoundProps { bundle, today, chosen, on_choose }: &FoundProps) -> Html {
    let onclick = on_choose.reform({
        let file = bundle.file.clone();
        move |_: MouseEvent| file.clone()
    });
    html! {
        <button type="button" class="button small quiet" {onclick} aria-pressed={chosen.to_string()}
            title={bundle.file.clone()} data-bundle={bundle.from.clone()}>
            { format!("{} {}", bundle.from, words::moment(bundle.made, *today)) }
        </button>
    }
}

/// Sends an act when its form is submitted, and hands on what is to be said about it.
fn submit<R>(
    running: &UseStateHandle<bool>,
    on_outcome: &Callback<Outcome>,
    request: R,
    says: impl Fn(R::Answer) -> Vec<String> + Clone + 'static,
) -> Callback<SubmitEvent>
where
    R: daiban_contract::Request + Clone + 'static,
{
    let (running, on_outcome) = (running.clone(), on_outcome.clone());
    Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        if *running {
            return;
        }
        running.set(true);
        let (running, on_outcome) = (running.clone(), on_outcome.clone());
        let (request, says) = (request.clone(), says.clone());
        spawn_local(async move {
            let outcome = ipc::ask(request).await;
            running.set(false);
            on_outcome.emit(outcome.map(says));
        });
    })
}

/// Who may be brought something: the units above, nearest first, then those below.
fn receivers(here: &Here) -> Vec<UnitRow> {
    let desk = &here.desk;
    let below = desk.units.iter().filter(|unit| unit.code != desk.unit);
    desk.above.iter().chain(below).cloned().collect()
}

fn exported(done: &Bundled) -> Vec<String> {
    let name = &done.unit_name;
    let size = done.bytes.div_ceil(1024);
    let what = match (done.entries, done.attachments) {
        (0, 0) => texts::only_receipt(name),
        (0, photos) => texts::wrote_photos(photos, size),
        (entries, 0) => texts::wrote_entries(entries, size),
        (entries, photos) => texts::wrote_both(entries, photos, size),
    };
    vec![texts::take_it_there(&what, name), texts::who_opens(done.recipients, &done.file)]
}

fn imported(done: &Imported, today: Date) -> Vec<String> {
    let receipt = if done.receipt { texts::with_receipt() } else { "" };
    let mut lines =
        vec![done.says.clone(), texts::exported_by(&done.from, &words::moment(done.made, today), receipt)];
    // The first gap is in the sentence already.
    lines.extend(
        done.missing.iter().skip(1).map(|gap| texts::gap(&gap.partition, &gap.device, gap.first, gap.last)),
    );
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use daiban_contract::view::Missing;
    use daiban_domain::Instant;
    use jiff::civil::date;

    #[test]
    fn a_file_that_brings_nothing_new_is_not_called_empty() {
        let done = Bundled {
            file: "/media/x/KINGSTON/a.bundle".into(),
            unit: "621099100000".parse().unwrap(),
            unit_name: "清源镇".into(),
            entries: 12,
            attachments: 0,
            bytes: 2049,
            recipients: 3,
        };
        assert!(exported(&done)[0].starts_with("写好了：12 条，3 KB。带到清源镇"));
        let photos = Bundled { attachments: 2, ..done.clone() };
        assert!(exported(&photos)[0].starts_with("写好了：12 条、2 张照片或扫描件，3 KB。"));
        assert!(exported(&Bundled { entries: 0, ..done })[0].starts_with("写好了。清源镇该有的都已经有了"));
    }

    #[test]
    fn every_gap_is_told() {
        let gap = |first| Missing {
            device: "上塬1号本".into(),
            partition: "上塬村".into(),
            first,
            last: first + 1,
        };
        let done = Imported {
            from: "上塬1号本".into(),
            made: Instant(1_790_000_000_000),
            received: 0,
            attachments: 0,
            receipt: true,
            missing: vec![gap(3), gap(9)],
            says: "还缺上塬村（上塬1号本）第 3 到 4 条，请先导入更早的文件。".into(),
        };
        let lines = imported(&done, date(2026, 9, 29));
        assert_eq!(lines[0], done.says);
        assert!(lines[1].ends_with("县中心的回执也带到了。"));
        assert_eq!(lines[2..], ["还缺上塬村（上塬1号本）第 9 到 10 条"]);
    }
}
