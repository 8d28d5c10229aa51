//! What waits, kind by kind, at the left.

use super::Task;
use crate::{live::use_here, texts::merge as texts, words};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub tasks: Vec<Task>,
    pub at: Option<String>,
    /// Put aside.
    pub later: std::collections::BTreeSet<String>,
    pub choose: Callback<String>,
}

#[component]
pub fn List(Props { tasks, at, later, choose }: &Props) -> Html {
    let today = use_here().desk.today;
    let groups = tasks.chunk_by(|one, next| one.group() == next.group());
    html! {
        <nav class="waiting scroll" aria-label={texts::waiting()} tabindex="0">
            { for groups.map(|group| html! {
                <>
                    <h2><span>{ group[0].group() }</span><span>{ group.len() }</span></h2>
                    <ul>
                        { for group.iter().map(|task| {
                            let id = task.id();
                            let onclick = {
                                let (choose, id) = (choose.clone(), id.clone());
                                Callback::from(move |_: MouseEvent| choose.emit(id.clone()))
                            };
                            let current = (at.as_ref() == Some(&id)).then_some("true");
                            let days = task.since().and_then(|since| since.until(today).ok());
                            let days = days.map(|days| days.get_days()).filter(|days| *days > 0);
                            html! {
                                <li key={id.clone()}>
                                    <button class={classes!(later.contains(&id).then_some("later"))} data-task={id.clone()}
                                        aria-current={current} {onclick}>
                                        <span class="row">
                                            <b class="clip spring">{ words::named(&task.who()) }</b>
                                            <span class="small soft">
                                                { if later.contains(&task.id()) { texts::later().to_owned() }
                                                    else { days.map(texts::waited).unwrap_or_default() } }
                                            </span>
                                        </span>
                                        <span class="dense soft clip">{ task.says() }</span>
                                    </button>
                                </li>
                            }
                        }) }
                    </ul>
                </>
            }) }
        </nav>
    }
}
