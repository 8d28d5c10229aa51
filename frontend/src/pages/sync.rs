//! 同步: where the records are, by receipts; sending them now, by stick, or another way.

use crate::{
    ipc,
    live::{use_answer, use_here},
    sync::{BackupCard, Stations, StickCard, WaysCard, done_says},
    texts::{failure, sync as texts},
    widgets::{Icon, Trouble},
    words,
};
use daiban_contract::{
    Failure, act, ask,
    view::{Exchanged, SyncView},
};
use jiff::civil::Date;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

#[component]
pub fn SyncPage() -> Html {
    let here = use_here();
    let sync = use_answer(Some(ask::Sync {}));
    let running = use_state_eq(|| false);
    let result = use_state_eq(|| None::<Result<Exchanged, Failure>>);
    let exchange = |attachments: bool| {
        let (touch, running, result) = (here.touch.clone(), running.clone(), result.clone());
        Callback::from(move |_: MouseEvent| {
            running.set(true);
            let (touch, running, result) = (touch.clone(), running.clone(), result.clone());
            // Its outcome has a place of its own on this page.
            spawn_local(async move {
                let outcome = ipc::ask(act::Exchange { attachments }).await;
                running.set(false);
                result.set(Some(outcome));
                touch.emit(());
            });
        })
    };
    let township = here.desk.above.first().map_or(texts::township(), |unit| unit.name.as_str());
    html! {
        <div class="page sync">
            <div class="head row">
                <h1>{ sync.data.as_ref().map(|view| view.says.clone()) }</h1><span class="spring" />
                if sync.data.as_ref().is_some_and(|view| view.metered && view.attachments_waiting > 0) {
                    <button id="sync-photos" class="button" onclick={exchange(true)} disabled={*running}>
                        <Icon name="camera" />{ texts::also_photos() }
                    </button>
                }
                <button id="sync-now" class="button primary" onclick={exchange(false)} disabled={*running}>
                    <Icon name="refresh-cw" />{ if *running { texts::sending() } else { texts::send_now() } }
                </button>
            </div>
            <Trouble failure={sync.failure.clone()} />
            if let Some(view) = &sync.data {
                if let Some(off) = &view.clock_off {
                    <section class="doubt-box" id="clock-off">{ &off.says }</section>
                }
                <section class="card">
                    <Stations view={view.clone()} />
                    <p id="sync-result" role="status" data-done={matches!(&*result, Some(Ok(_))).then_some("true")}>
                        { match &*result {
                            Some(Ok(done)) => done_says(done, township),
                            Some(Err(failure)) => failure::says(failure),
                            None => lately(view, township, here.desk.today),
                        } }
                    </p>
                </section>
                <StickCard />
                <div class="stack">
                    <WaysCard view={view.clone()} />
                    <BackupCard />
                    <section class="card">
                        <header><h2>{ texts::marks() }</h2></header>
                        <div class="body marks">
                            { for [("HERE", texts::here(), texts::here_says()), ("TOWNSHIP", texts::at_township(), texts::township_says()),
                                ("COUNTY", texts::at_county(), texts::county_says()),
                                ("RESEND", texts::resend(), texts::resend_says())].map(|(at, name, says)| html! {
                                <p><span class="reach" data-mark={at}><i><b /></i><b>{ name }</b></span>{ says }</p>
                            }) }
                        </div>
                    </section>
                </div>
            }
        </div>
    }
}

/// How near a failure with the county and the township's word are to be one exchange, ms: two clocks differ a little.
const ONE_EXCHANGE_MS: i64 = 120_000;

/// What the exchanges beside the work came to.
fn lately(view: &SyncView, township: &str, today: Date) -> String {
    let Some(failure) = &view.last_failure else {
        return texts::every_minute().to_owned();
    };
    let at = words::moment(failure.at, today);
    let relayed = view.township_word.is_some_and(|word| (word.0 - failure.at.0).abs() < ONE_EXCHANGE_MS);
    if relayed { texts::lately_relayed(&at, township) } else { texts::lately_failed(&at, &failure.message) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use daiban_contract::view::FailureView;
    use daiban_domain::Instant;
    use jiff::civil::date;

    #[test]
    fn the_last_exchange_names_whom_it_reached() {
        let at = Instant(1_790_000_000_000);
        let view = SyncView {
            hub: "https://10.0.0.5:7621".into(),
            pending: 2,
            pending_cases: 1,
            cases: 1,
            cases_at_county: 0,
            last_receipt: None,
            cases_at_township: 1,
            township_word: None,
            relay: String::new(),
            relay_listen: String::new(),
            relay_addresses: Vec::new(),
            relay_failure: None,
            attachments_waiting: 0,
            attachments_waiting_bytes: 0,
            attachments_missing: 0,
            metered: false,
            county_backup: None,
            clock_off: None,
            archived: 0,
            last_failure: None,
            says: String::new(),
        };
        let says = |view: &SyncView| lately(view, "清源镇", date(2026, 9, 28));
        assert!(says(&view).starts_with("网通着"));
        let failure = FailureView { at, message: "连不上县中心。".into() };
        let failed = SyncView { last_failure: Some(failure), ..view };
        assert!(says(&failed).ends_with("试过，没送成：连不上县中心。"));
        let relayed = SyncView { township_word: Some(Instant(at.0 + 3_000)), ..failed.clone() };
        assert!(says(&relayed).contains("已送到清源镇"));
        let long_ago = SyncView { township_word: Some(Instant(at.0 - 3_600_000)), ..failed };
        assert!(says(&long_ago).contains("没送成"), "an old word doesn't stand for this exchange");
    }
}
