//! What is typed in or chosen.

use crate::{
    live::use_here,
    says::{self, Says},
    texts::gallery as texts,
    widgets::{Answer, Beneath, DateInput, TextField, UnitPicker},
};
use daiban_domain::{UnitCode, item::field::Kind};
use yew::prelude::*;

#[component]
pub fn Fields() -> Html {
    let here = use_here();
    let today = here.desk.today;
    let (number, day) = (use_state_eq(|| "62109919460312022".to_owned()), use_state_eq(|| today.to_string()));
    let unit = use_state_eq(|| None::<UnitCode>);
    let choice = use_state_eq(String::new);
    let set = |state: &UseStateHandle<String>| {
        let state = state.clone();
        Callback::from(move |text| state.set(text))
    };
    let on_unit = {
        let unit = unit.clone();
        Callback::from(move |chosen| unit.set(chosen))
    };
    let name = here.desk.units.iter().find(|known| Some(known.code) == *unit).map(|known| known.name.clone());
    let nothing = Callback::from(|_: String| ());
    html! {
        <>
            <section class="card">
                <header><h2>{ texts::fields() }</h2></header>
                <div class="body two">
                    <TextField id="g-plain" label={texts::name()} value="" on_value={nothing.clone()} hint={texts::hint()} required=true />
                    <TextField id="g-number" label={texts::number()} value={(*number).clone()} on_value={set(&number)}
                        says={says::id_number(&number, today)} steady=true />
                    <TextField id="g-wrong" label={texts::number()} value="621099194603120229" on_value={nothing.clone()}
                        says={says::id_number("621099194603120229", today)} />
                    <TextField id="g-good" label={texts::phone()} value="13900005678" on_value={nothing.clone()} says={says::phone("13900005678")} />
                    <TextField id="g-secret" label={texts::password()} value="" on_value={nothing.clone()} secret=true />
                    <div class="field">
                        <label for="g-choice">{ texts::choice() }</label>
                        <Answer id="g-choice" label={texts::choice()} kind={Kind::YesNo} value={(*choice).clone()} on_value={set(&choice)}
                            required=true says_id="g-choice-says" />
                        <Beneath id="g-choice-says" says={Says::plain(texts::choose())} />
                    </div>
                </div>
            </section>
            <section class="card">
                <header><h2>{ texts::dates() }</h2></header>
                <div class="body two">
                    <div class="field">
                        <label for="g-day">{ texts::day() }</label>
                        <DateInput id="g-day" label={texts::day()} value={(*day).clone()} on_value={set(&day)} says_id="g-day-says" />
                        <Beneath id="g-day-says" says={says::of_kind(Kind::Day, &[], &day, today)} />
                        <p class="dense soft">{ texts::day_typed() }</p>
                    </div>
                    <div class="field">
                        <label for="g-unit">{ texts::unit() }</label>
                        <UnitPicker id="g-unit" label={texts::unit()} chosen={*unit} name={name.unwrap_or_default()} all={texts::every_unit()} {on_unit} />
                    </div>
                </div>
            </section>
        </>
    }
}
