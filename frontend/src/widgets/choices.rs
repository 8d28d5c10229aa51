//! What may be chosen of, in groups; the field above it has the keys.

use yew::prelude::*;

#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// Names it to the page and to scripts.
    pub id: AttrValue,
    pub says: AttrValue,
    /// Beside it, smaller.
    pub more: AttrValue,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Empty: there is but one.
    pub name: AttrValue,
    pub choices: Vec<Choice>,
}

#[derive(Properties, PartialEq)]
pub struct Props {
    pub id: AttrValue,
    pub label: AttrValue,
    pub groups: Vec<Group>,
    /// Counted through all groups.
    pub marked: usize,
    pub on_choose: Callback<usize>,
}

#[component]
pub fn Choices(props: &Props) -> Html {
    {
        let id = props.id.clone();
        use_effect_with(props.marked, move |_| crate::dom::reveal(&format!("#{id} [aria-selected=true]")));
    }
    let mut before = 0;
    html! {
        <div id={props.id.clone()} class="options scroll" role="listbox" aria-label={props.label.clone()}>
            { for props.groups.iter().map(|group| {
                let first = before;
                before += group.choices.len();
                let options = group.choices.iter().enumerate().map(|(i, choice)| {
                    let at = first + i;
                    let onclick = props.on_choose.reform(move |_: MouseEvent| at);
                    // The field keeps the focus.
                    let onmousedown = Callback::from(|event: MouseEvent| event.prevent_default());
                    html! {
                        <div id={format!("{}-{at}", props.id)} role="option" data-choice={choice.id.clone()} {onclick} {onmousedown}
                            aria-selected={(at == props.marked).to_string()}>
                            <span class="clip">{ &choice.says }</span><span class="small soft clip">{ &choice.more }</span>
                        </div>
                    }
                });
                if group.name.is_empty() {
                    html! { <>{ for options }</> }
                } else {
                    html! {
                        <div role="group" aria-label={group.name.clone()}>
                            <p class="small faint" aria-hidden="true">{ &group.name }</p>
                            { for options }
                        </div>
                    }
                }
            }) }
        </div>
    }
}
