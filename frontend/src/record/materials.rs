//! Which materials were received, and how many of each.

use crate::{
    record::{Draft, Edit},
    texts::record as texts,
    widgets::{Checklist, checklist::Material},
};
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub draft: Rc<Draft>,
    pub edit: Callback<Edit>,
}

#[component]
pub fn MaterialsCard(Props { draft, edit }: &Props) -> Html {
    let Some(item) = &draft.item else { return html! {} };
    let materials = item.materials.iter().map(|material| {
        let says = [material.review_point.as_str(), material.condition.as_str()];
        let says: Vec<&str> = says.into_iter().filter(|text| !text.is_empty()).collect();
        Material {
            code: material.material_code.clone().into(),
            name: material.name.clone().into(),
            says: says.join(texts::semicolon()),
            required: material.required(),
            tolerable: material.tolerable,
            asked: draft.asked(&material.material_code),
            count: draft.count(&material.material_code),
        }
    });
    let materials: Vec<Material> = materials.collect();
    let received = materials.iter().filter(|material| material.count.any()).count();
    html! {
        <section class="card list materials">
            <header>
                <h2>{ texts::papers() }</h2>
                <span class="dense soft">{ texts::tick_received() }</span><span class="spring" />
                <span class="dense soft">{ texts::received(received, materials.len()) }</span>
            </header>
            <Checklist {materials} on_brought={edit.reform(Edit::Brought)} />
        </section>
    }
}
