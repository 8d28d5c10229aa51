//! What is marked in the list, beside it: its name, what it is, what can be done with it.

use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub label: AttrValue,
    /// What it shows: a case, or a batch of them.
    #[prop_or_default]
    pub case: Option<AttrValue>,
    #[prop_or_default]
    pub batch: Option<AttrValue>,
    #[prop_or_default]
    pub state: Option<AttrValue>,
    pub title: AttrValue,
    /// Behind the name.
    #[prop_or_default]
    pub marks: Html,
    /// At the right of both.
    #[prop_or_default]
    pub ways: Html,
    /// Beneath the name.
    #[prop_or_default]
    pub about: Html,
    /// What is to be done; stays where it is while the rest scrolls.
    #[prop_or_default]
    pub foot: Option<Html>,
    /// The mark has gone on, and what it is on now isn't here yet: this can be read, not acted on.
    #[prop_or_default]
    pub behind: bool,
    pub children: Html,
}

#[component]
pub fn SidePanel(props: &Props) -> Html {
    html! {
        <aside class="panel" aria-label={props.label.clone()} inert={props.behind} aria-busy={props.behind.to_string()} data-case={props.case.clone()}
            data-batch={props.batch.clone()} data-state={props.state.clone()}>
            <section>
                <div class="row">
                    <h1 class="clip">{ &props.title }</h1>{ props.marks.clone() }
                    <span class="spring" />{ props.ways.clone() }
                </div>
                { props.about.clone() }
            </section>
            { props.children.clone() }
            if let Some(foot) = props.foot.clone() { <footer>{ foot }</footer> }
        </aside>
    }
}
