use super::*;
use daiban_contract::act::SaveForm;
use daiban_domain::case::State;
use std::collections::BTreeSet;

/// Forty people on a market morning at one window: decided on the spot, no number twice, and what was printed while the
/// printer jammed is printed again and says so.
#[tokio::test]
async fn forty_are_served_on_the_spot_and_no_number_comes_twice() {
    let story = Story::begin().await;
    let township = &story.township;
    let mut numbers = BTreeSet::new();
    let mut open = Vec::new();
    for n in 0..40 {
        let when = format!("03-05T{:02}:{:02}", 8 + n / 15, n % 15 * 4);
        let case_no = walk_in(township, "I001", &[], &when);
        act(township, &case_no, "accept", &when).unwrap();
        if n % 20 == 7 {
            open.push(case_no.clone());
        } else {
            for event in ["approve", "close", "deliver"] {
                act(township, &case_no, event, &when).unwrap();
            }
        }
        assert!(numbers.insert(case_no));
    }
    let print = |case_no: &str, file: &str, when: &str| {
        let request = SaveForm {
            case_no: case_no.to_owned(),
            form: "F02".to_owned(),
            file: Some(story.county.path(file).display().to_string()),
            ..SaveForm::default()
        };
        township.save_form(request, at(when)).unwrap()
    };
    let first = print(&open[0], "notice.pdf", "03-05T11:00");
    let again = print(&open[0], "again.pdf", "03-05T11:05");
    assert_eq!(first.number, again.number);
    let papers = see(township, &open[0], "03-05T11:06").papers;
    assert_eq!(papers.iter().map(|paper| paper.copy).collect::<Vec<_>>(), [1, 2]);

    // 17:30: what isn't closed is there to be explained.
    let states = vec![State::Accepted];
    let left = township.cases(ask::Cases { states, ..ask::Cases::default() }, at("03-05T17:30")).unwrap();
    let left: BTreeSet<String> = left.cases.into_iter().map(|case| case.case_no).collect();
    assert_eq!(left, open.into_iter().collect());
}
