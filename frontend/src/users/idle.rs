//! A desk that nobody sits at locks itself.

use gloo_timers::callback::Interval;
use std::{cell::Cell, rc::Rc};
use wasm_bindgen::{JsCast, closure::Closure};
use yew::prelude::*;

/// Seconds between two looks.
const LOOK: u32 = 5;

/// What shows that somebody is there.
const SIGNS: [&str; 4] = ["keydown", "pointerdown", "pointermove", "wheel"];

/// How long nobody has been there.
#[derive(Default)]
struct Absence {
    /// Counted by the window's own running: no clock that is set back shortens it.
    seconds: Cell<u32>,
    /// By the clock, which goes on while the machine sleeps; milliseconds.
    since: Cell<f64>,
}

impl Absence {
    fn ends(&self, clock: f64) {
        self.seconds.set(0);
        self.since.set(clock);
    }

    /// Whether it has lasted so many minutes, looked at every [`LOOK`] seconds.
    fn reaches(&self, minutes: u32, clock: f64) -> bool {
        self.seconds.set(self.seconds.get().saturating_add(LOOK));
        let limit = f64::from(minutes) * 60.0;
        minutes > 0 && (f64::from(self.seconds.get()) >= limit || clock - self.since.get() >= limit * 1000.0)
    }
}

/// Runs `then` when nobody has been there for so many minutes; never for 0.
#[hook]
pub fn use_idle(minutes: u32, then: Callback<()>) {
    use_effect_with((minutes, then), |(minutes, then)| {
        let absence = Rc::new(Absence::default());
        absence.ends(js_sys::Date::now());
        let seen = {
            let absence = absence.clone();
            Closure::<dyn Fn()>::new(move || absence.ends(js_sys::Date::now()))
        };
        for sign in SIGNS {
            if let Some(window) = web_sys::window() {
                let seen = seen.as_ref().unchecked_ref();
                let _ = window.add_event_listener_with_callback_and_bool(sign, seen, true);
            }
        }
        let (minutes, then) = (*minutes, then.clone());
        let looking = Interval::new(LOOK * 1000, move || {
            if absence.reaches(minutes, js_sys::Date::now()) {
                absence.ends(js_sys::Date::now());
                then.emit(());
            }
        });
        move || {
            looking.cancel();
            for sign in SIGNS {
                if let Some(window) = web_sys::window() {
                    let seen = seen.as_ref().unchecked_ref();
                    let _ = window.remove_event_listener_with_callback_and_bool(sign, seen, true);
                }
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: f64 = 1000.0;

    #[test]
    fn absence_is_counted_whatever_the_clock_does() {
        let absence = Absence::default();
        absence.ends(1e12);
        // The clock is set back by a day.
        let looks = (0..60).take_while(|_| !absence.reaches(5, 1e12 - 86_400.0 * SECOND)).count();
        assert_eq!(looks, 59);
        // The lid was closed for an hour.
        absence.ends(1e12);
        assert!(absence.reaches(5, 1e12 + 3600.0 * SECOND));
        // Somebody was there.
        absence.ends(1e12 + 3600.0 * SECOND);
        assert!(!absence.reaches(5, 1e12 + 3605.0 * SECOND));
    }

    #[test]
    fn nobody_is_sent_away_where_it_is_off() {
        let absence = Absence::default();
        assert!((0..10_000).all(|look| !absence.reaches(0, f64::from(look) * 5.0 * SECOND)));
    }
}
