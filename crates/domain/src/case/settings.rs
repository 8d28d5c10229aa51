//! The numbers in which counties differ. The county publishes each with the day from which it counts; a term keeps the
//! number of the day on which it began.

use jiff::civil::Date;
use std::ops::RangeInclusive;

/// As they stand on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// To accept or give notice, in working days: the law's five ([`super::deadlines::SILENCE`]) or fewer, which is a promise
    /// and no more.
    pub notice_days: u16,
    /// To hand a registered case over to the township, in working days.
    pub village_days: u16,
    /// To bring what a notice asks for, in working days, where the notice doesn't say.
    pub supplement_days: u16,
    /// To bring what a tolerant acceptance left owing, in working days, where the act doesn't say; never longer than the
    /// promise.
    pub tolerance_days: u16,
    /// For an extension, in working days, where the item names no limit (行政许可法 §42: ten).
    pub extension_days: u16,
    /// For an organ's opinion in a joint case, in working days, where the dispatch doesn't say.
    pub opinion_days: u16,
    /// For the organ above, in working days (行政许可法 §43), where the act doesn't say.
    pub upper_days: u16,
    /// To bring the papers of an urgent relief, in working days, where the item doesn't say.
    pub make_up_days: u16,
    /// A pause of more working days is the head's to order, as is a second one (DOMAIN T15).
    pub long_pause_days: u16,
    /// To deliver a licence (行政许可法 §44), in working days.
    pub licence_delivery_days: u16,
    /// To deliver any other result, in working days.
    pub delivery_days: u16,
    /// Whether silence counts as acceptance for all items (1), or for licences alone (0).
    pub deemed_acceptance_for_all: u16,
    /// A unit with fewer people at work needn't have proposal and decision made by two of them (DOMAIN §2.3).
    pub separation_from: u16,
    /// To answer a consultation that can be answered on the spot, in working days (DOMAIN §4.5).
    pub consult_spot_days: u16,
    /// To answer any other consultation, in working days.
    pub consult_days: u16,
    /// To answer a complaint, in working days, where no other term was promised.
    pub complaint_days: u16,
    /// To answer a hotline ticket, in working days, where the ticket doesn't say.
    pub hotline_days: u16,
    /// The most by which an answer may be put off, in working days.
    pub matter_extension_days: u16,
    /// To find out what is behind a bad rating, in working days from the day on which it was given (DOMAIN §6.1).
    pub bad_rating_verify_days: u16,
    /// To correct and answer it, in working days from the same day.
    pub bad_rating_answer_days: u16,
    /// For a step of the review, in working days (环节超时); 0 for no term.
    pub stage_days: u16,
    /// To stop a benefit whose end was reported, in working days.
    pub stop_days: u16,
    /// Whether who decides on a licence must be known as established staff with a certificate (1), or is warned about (0).
    pub licence_staff_strict: u16,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            notice_days: 5,
            village_days: 3,
            supplement_days: 10,
            tolerance_days: 5,
            extension_days: 10,
            opinion_days: 3,
            upper_days: 20,
            make_up_days: 5,
            long_pause_days: 10,
            licence_delivery_days: 10,
            delivery_days: 3,
            deemed_acceptance_for_all: 1,
            separation_from: 3,
            consult_spot_days: 1,
            consult_days: 5,
            complaint_days: 5,
            hotline_days: 5,
            matter_extension_days: 5,
            bad_rating_verify_days: 1,
            bad_rating_answer_days: 5,
            stage_days: 0,
            stop_days: 5,
            licence_staff_strict: 0,
        }
    }
}

/// A setting by name: what it is called, what it may be, and where it stands.
pub struct Named {
    pub name: &'static str,
    pub zh: &'static str,
    /// What the law leaves open.
    pub allowed: RangeInclusive<u16>,
    place: fn(&mut Settings) -> &mut u16,
}

/// All of them.
pub const NAMED: [Named; 23] = [
    Named {
        name: "noticeDays",
        zh: "收件后受理或告知（工作日）",
        allowed: 1..=5,
        place: |s| &mut s.notice_days,
    },
    Named {
        name: "villageDays", zh: "村里移交（工作日）", allowed: 1..=7, place: |s| &mut s.village_days
    },
    Named {
        name: "supplementDays",
        zh: "补正期限（工作日）",
        allowed: 1..=60,
        place: |s| &mut s.supplement_days,
    },
    Named {
        name: "toleranceDays",
        zh: "容缺补齐（工作日）",
        allowed: 1..=60,
        place: |s| &mut s.tolerance_days,
    },
    Named {
        name: "extensionDays",
        zh: "延期上限（工作日）",
        allowed: 1..=10,
        place: |s| &mut s.extension_days,
    },
    Named {
        name: "opinionDays", zh: "会签意见（工作日）", allowed: 1..=20, place: |s| &mut s.opinion_days
    },
    Named {
        name: "upperDays", zh: "上级办理（工作日）", allowed: 1..=60, place: |s| &mut s.upper_days
    },
    Named {
        name: "makeUpDays", zh: "急难补手续（工作日）", allowed: 1..=30, place: |s| &mut s.make_up_days
    },
    Named {
        name: "longPauseDays",
        zh: "停表多久要主任批（工作日）",
        allowed: 0..=60,
        place: |s| &mut s.long_pause_days,
    },
    Named {
        name: "licenceDeliveryDays",
        zh: "许可送达（工作日）",
        allowed: 1..=10,
        place: |s| &mut s.licence_delivery_days,
    },
    Named {
        name: "deliveryDays",
        zh: "其他结果送达（工作日）",
        allowed: 1..=20,
        place: |s| &mut s.delivery_days,
    },
    Named {
        name: "deemedAcceptanceForAll",
        zh: "视同受理适用所有事项（1 是，0 只许可）",
        allowed: 0..=1,
        place: |s| &mut s.deemed_acceptance_for_all,
    },
    Named {
        name: "separationFrom",
        zh: "单位有几个人起拟办审批分开",
        allowed: 0..=20,
        place: |s| &mut s.separation_from,
    },
    Named {
        name: "consultSpotDays",
        zh: "当场咨询答复（工作日）",
        allowed: 1..=5,
        place: |s| &mut s.consult_spot_days,
    },
    Named {
        name: "consultDays",
        zh: "其他咨询答复（工作日）",
        allowed: 1..=15,
        place: |s| &mut s.consult_days,
    },
    Named {
        name: "complaintDays",
        zh: "投诉答复（工作日）",
        allowed: 1..=60,
        place: |s| &mut s.complaint_days,
    },
    Named {
        name: "hotlineDays",
        zh: "热线工单答复（工作日）",
        allowed: 1..=30,
        place: |s| &mut s.hotline_days,
    },
    Named {
        name: "matterExtensionDays",
        zh: "来访事项延期上限（工作日）",
        allowed: 1..=15,
        place: |s| &mut s.matter_extension_days,
    },
    Named {
        name: "badRatingVerifyDays",
        zh: "差评核实（工作日）",
        allowed: 1..=3,
        place: |s| &mut s.bad_rating_verify_days,
    },
    Named {
        name: "badRatingAnswerDays",
        zh: "差评整改答复（工作日）",
        allowed: 1..=15,
        place: |s| &mut s.bad_rating_answer_days,
    },
    Named {
        name: "stageDays",
        zh: "审查环节（工作日，0 不设）",
        allowed: 0..=60,
        place: |s| &mut s.stage_days,
    },
    Named {
        name: "stopDays", zh: "报告后停发待遇（工作日）", allowed: 1..=20, place: |s| &mut s.stop_days
    },
    Named {
        name: "licenceStaffStrict",
        zh: "许可只由在编持证的人审批（1 必须，0 只提醒）",
        allowed: 0..=1,
        place: |s| &mut s.licence_staff_strict,
    },
];

impl Named {
    pub fn find(name: &str) -> Option<&'static Self> {
        NAMED.iter().find(|named| named.name == name)
    }

    pub fn value(&self, settings: &Settings) -> u16 {
        *(self.place)(&mut settings.clone())
    }
}

/// A county's settings, with the days from which they count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CountySettings {
    changes: Vec<(Date, &'static str, u16)>,
}

impl CountySettings {
    /// From what was published: of several numbers for one day the last counts. A newer program's names, and numbers that
    /// the law doesn't leave open, are passed over.
    pub fn of<'p>(published: impl IntoIterator<Item = (Date, &'p str, i64)>) -> Self {
        let known = |(since, name, value): (Date, &str, i64)| {
            let named = Named::find(name)?;
            let value = u16::try_from(value).ok().filter(|value| named.allowed.contains(value))?;
            Some((since, named.name, value))
        };
        let mut changes: Vec<_> = published.into_iter().filter_map(known).collect();
        changes.sort_by_key(|(since, _, _)| *since);
        Self { changes }
    }

    pub fn on(&self, day: Date) -> Settings {
        let mut settings = Settings::default();
        for (_, name, value) in self.changes.iter().take_while(|(since, _, _)| *since <= day) {
            if let Some(named) = Named::find(name) {
                *(named.place)(&mut settings) = *value;
            }
        }
        settings
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_number_counts_from_its_day() {
        let published = [
            (date(2026, 7, 1), "villageDays", 5),
            (date(2026, 3, 1), "villageDays", 2),
            (date(2026, 3, 1), "noticeDays", 9),
            (date(2026, 3, 1), "teaBreak", 3),
            (date(2026, 7, 1), "villageDays", 4),
        ];
        let county = CountySettings::of(published);
        let on = |month, day| county.on(date(2026, month, day));
        assert_eq!(on(2, 28), Settings::default());
        assert_eq!((on(3, 1).village_days, on(6, 30).village_days, on(7, 1).village_days), (2, 2, 4));
        assert_eq!(on(7, 1).notice_days, 5, "the law gives no more than five days");
    }

    #[test]
    fn each_has_a_name_of_its_own_and_a_usual_number_that_is_allowed() {
        for (i, named) in NAMED.iter().enumerate() {
            assert!(NAMED[..i].iter().all(|other| other.name != named.name && other.zh != named.zh));
            assert!(named.allowed.contains(&named.value(&Settings::default())), "{}", named.name);
            let other = if named.value(&Settings::default()) == *named.allowed.end() {
                named.allowed.start()
            } else {
                named.allowed.end()
            };
            let county = CountySettings::of([(date(2026, 1, 1), named.name, i64::from(*other))]);
            assert_eq!(named.value(&county.on(date(2026, 1, 1))), *other, "{}", named.name);
            let changed = NAMED.iter().filter(|named| {
                named.value(&county.on(date(2026, 1, 1))) != named.value(&Settings::default())
            });
            assert_eq!(changed.count(), 1, "{}", named.name);
        }
    }
}
