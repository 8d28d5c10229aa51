//! Which materials are there.

use super::Props;
use crate::parts::Icon;
use daiban_contract::view::MaterialView;
use yew::prelude::*;

#[component]
pub fn MaterialsCard(Props { case }: &Props) -> Html {
    let missing = case.materials.iter().filter(|material| material.required && !material.received).count();
    let total = case.materials.len();
    html! {
        <section class="card">
            <header>
                <h2>{ "材料" }</h2>
                <span class="dense soft">
                    { if missing == 0 { format!("{total} 样，必要的都齐") } else { format!("{total} 样，差 {missing} 样") } }
                </span>
            </header>
            <ul class="papers body">
                { for case.materials.iter().map(|material| html! {
                    <li data-material={material.material_code.clone()} title={material.review_point.clone()}>
                        if material.received {
                            <Icon name="check" />
                        } else {
                            <span class="wait"><Icon name="hourglass" /></span>
                        }
                        <span class="clip">{ &material.name }</span>
                        { count(material) }
                    </li>
                }) }
            </ul>
            if !case.warnings.is_empty() {
                <ul class="warnings body">
                    { for case.warnings.iter().map(|warning| html! {
                        <li data-warning={warning.path.clone()}>{ &warning.message }</li>
                    }) }
                </ul>
            }
        </section>
    }
}

fn count(material: &MaterialView) -> Html {
    let parts = [("原", material.originals), ("复", material.copies)];
    let parts: Vec<String> =
        parts.into_iter().filter(|(_, n)| *n > 0).map(|(says, n)| format!("{says} {n}")).collect();
    match (material.received, material.required) {
        (true, _) => html! { <span class="faint">{ parts.join("　") }</span> },
        (false, true) => html! { <span class="must">{ "没收到" }</span> },
        (false, false) => html! { <span class="faint">{ "没有" }</span> },
    }
}
