//! One batch: who handed over what, what was counted, and the count itself where it is due.

use super::{
    FormsButton,
    counting::{Counting, Found, handed},
};
use crate::{
    live::{Told, use_answer, use_here},
    texts::hand_over as texts,
    widgets::{
        Checklist, Icon, SidePanel, Trouble,
        checklist::{Brought, Material},
    },
    words,
};
use daiban_contract::{
    act::{FormsOf, ReceiveBatch},
    ask,
    view::{BatchLine, BatchMaterial, BatchView},
};
use daiban_domain::Level;
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub batch: AttrValue,
}

#[component]
pub fn BatchPanel(Props { batch }: &Props) -> Html {
    let here = use_here();
    let counting = use_reducer_eq(Counting::default);
    let busy = use_state_eq(|| false);
    let answer = use_answer(Some(ask::Batch { batch: batch.to_string() }));
    let shown = answer.data.filter(|view| view.batch == batch.as_str());
    let Some(view) = shown else {
        return html! {
            <aside class="panel" aria-label={texts::chosen()}><Trouble failure={answer.failure.clone()} /></aside>
        };
    };
    let receives = here.is(Level::Township) && view.lines.iter().any(|line| line.under_way);
    let arrived = counting.arrived(&view);
    let receive = {
        let (here, counting, busy, view) = (here.clone(), counting.clone(), busy.clone(), view.clone());
        Callback::from(move |_: MouseEvent| {
            busy.set(true);
            let request = ReceiveBatch { batch: view.batch.clone(), lines: counting.lines(&view) };
            let (busy, tell) = (busy.clone(), here.tell.clone());
            here.act(request, move |result| {
                busy.set(false);
                if result.is_ok() {
                    tell.emit(Told::Done(texts::received(arrived)));
                }
            });
        })
    };
    let about = html! {
        <>
            <p>{ texts::of(&view.unit_name, &view.by, &words::day(view.on)) }</p>
            if receives { <p class="dense soft">{ texts::count_says() }</p> }
        </>
    };
    let foot = html! {
        <div class="row wrap">
            <FormsButton id="batch-slip" says={texts::slip()} of={FormsOf::HandOver { batch: view.batch.clone() }} />
            if receives {
                <span class="spring" />
                <button id="receive-batch" class="button primary" onclick={receive} disabled={*busy || arrived == 0}>
                    <Icon name="package-check" />{ texts::receive(arrived) }
                </button>
            }
        </div>
    };
    let counts = receives.then(|| counting.clone());
    html! {
        <SidePanel label={texts::chosen()} batch={batch.clone()} title={batch.clone()} {about} foot={Some(foot)}>
            <div class="scroll spring lines-of-batch" tabindex="0">
                { for view.lines.iter().map(|line| one(&view, line, counts.as_ref())) }
            </div>
        </SidePanel>
    }
}

fn one(view: &BatchView, line: &BatchLine, counting: Option<&UseReducerHandle<Counting>>) -> Html {
    let counting = counting.filter(|_| line.under_way);
    let name = words::named(&line.applicant_name);
    let there = counting.is_some_and(|counting| counting.there(&line.case_no));
    let tick = counting.map(|counting| {
        let (counting, case_no) = (counting.dispatcher(), line.case_no.clone());
        let onchange = Callback::from(move |event: Event| {
            let tick = event.target_dyn_into::<HtmlInputElement>();
            let there = tick.is_some_and(|tick| tick.checked());
            counting.dispatch(Found::There(case_no.clone(), there));
        });
        html! {
            <label class="choice">
                <input type="checkbox" checked={there} {onchange} aria-label={texts::arrived_of(name)} />{ texts::arrived() }
            </label>
        }
    });
    html! {
        <section key={line.case_no.clone()} data-line={line.case_no.clone()} aria-label={format!("{name} {}", view.batch)}>
            <header class="row">
                <b>{ name }</b><span class="spring clip soft dense">{ &line.item_name }</span>
                if let Some(tick) = tick { { tick } } else { { came(line) } }
            </header>
            if let Some(counting) = counting.filter(|_| there) {
                { checklist(line, counting) }
            } else {
                { table(line) }
            }
        </section>
    }
}

fn checklist(line: &BatchLine, counting: &UseReducerHandle<Counting>) -> Html {
    let materials = line.materials.iter().map(|material| Material {
        code: material.material_code.clone().into(),
        name: material.name.clone().into(),
        asked: handed(material),
        count: counting.of(&line.case_no, material),
        ..Material::default()
    });
    let materials: Vec<Material> = materials.collect();
    let on_brought = {
        let (counting, case_no, lines) = (counting.dispatcher(), line.case_no.clone(), materials.clone());
        Callback::from(move |brought| {
            let (Brought::Tick(code) | Brought::Count(code, ..)) = &brought;
            let Some(handed) = lines.iter().find(|line| line.code == *code).map(|line| line.asked) else {
                return;
            };
            counting.dispatch(Found::Material(case_no.clone(), handed, brought));
        })
    };
    html! { <Checklist {materials} {on_brought} /> }
}

/// What has become of a case's papers.
fn came(line: &BatchLine) -> Html {
    if line.under_way {
        return html! { <span class="chip mark">{ texts::line_under_way() }</span> };
    }
    if !line.received {
        return html! { <span class="dense soft">{ texts::line_elsewhere() }</span> };
    }
    match line.materials.iter().any(differs) {
        true => html! { <span class="chip doubt">{ texts::line_differs() }</span> },
        false => html! { <span class="dense soft">{ texts::line_received() }</span> },
    }
}

fn differs(material: &BatchMaterial) -> bool {
    let counted = material.counted_originals.zip(material.counted_copies);
    counted.is_some_and(|counted| counted != (material.originals, material.copies))
}

fn table(line: &BatchLine) -> Html {
    html! {
        <table class="brought">
            <thead><tr><th>{ texts::material() }</th><th>{ texts::handed() }</th><th>{ texts::counted() }</th></tr></thead>
            <tbody>
                { for line.materials.iter().map(|material| {
                    let counted = material.counted_originals.zip(material.counted_copies);
                    html! {
                        <tr data-material={material.material_code.clone()}>
                            <td>{ &material.name }</td>
                            <td>{ texts::counts(material.originals, material.copies) }</td>
                            <td class={differs(material).then_some("differs")}>
                                { counted.map(|(originals, copies)| texts::counts(originals, copies)) }
                            </td>
                        </tr>
                    }
                }) }
            </tbody>
        </table>
    }
}
