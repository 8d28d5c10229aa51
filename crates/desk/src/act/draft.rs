use super::publish::{publish, tomorrow};
use crate::{
    Desk, Trouble,
    act::publish::unreadable,
    ask::{self, check_settings},
    event::{self, Saying},
};
use daiban_contract::{Code, act, view};
use daiban_domain::{
    Instant,
    case::{Event, event::latest, transition::Refusal},
    item::{
        Catalogue, Item, catalogue_from_json, diff,
        draft::{Act, Draft, Folded, RANK, Said, draft_number, fits, ready},
        element,
    },
};
use daiban_replica::{
    document::Writing,
    item_draft::{DraftRecord, begin, put_content},
    public::{enrolment, item},
    today,
};
use serde_json::{Map, Value};

impl Desk {
    pub fn begin_draft(&self, request: act::BeginDraft, now: Instant) -> Result<view::DraftView, Trouble> {
        self.with(|replica| {
            let title = request.title.trim();
            if title.is_empty() {
                return Err(Trouble::new(Code::BadInput, "目录草案要有标题，如“2026 年目录调整”。"));
            }
            let draft_no = replica.commit(now, |writing| {
                may(writing, "submit")?;
                let (unit, on) = (writing.identity().unit, today(writing.db(), now)?);
                let serial = writing.next_serial(&format!("draft/{on}"))?;
                let draft_no = draft_number(unit, on, &writing.identity().tag, serial);
                begin(writing, &draft_no, &Draft { unit, title: title.to_owned(), begun_on: on })?;
                Ok::<_, Trouble>(draft_no)
            })?;
            ask::draft_view(replica.db(), &ask::open_draft(replica.db(), &draft_no)?)
        })
    }

    pub fn act_on_draft(&self, request: act::ActOnDraft, now: Instant) -> Result<view::DraftView, Trouble> {
        self.with(|replica| {
            replica.commit(now, |writing| {
                if request.event == "publish" {
                    let message = "发布要写明目录版本，用 items publish --draft。";
                    return Err(Trouble::new(Code::BadInput, message));
                }
                let record = ask::open_draft(writing.db(), &request.draft_no)?;
                let folded = record.folded();
                let content = match request.event.as_str() {
                    "submit" => sent_up(writing, &request.content)?,
                    _ => Vec::new(),
                };
                let mut said = request.says.clone();
                if request.event == "comment" {
                    said.of = folded.rounds.last().map(|round| round.submission);
                    on_what_is_there(&record, &said)?;
                }
                take(writing, &record, &folded, &request.event, said, &content)
            })?;
            ask::draft_view(replica.db(), &ask::open_draft(replica.db(), &request.draft_no)?)
        })
    }

    pub fn publish_draft(
        &self,
        request: act::PublishDraft,
        now: Instant,
    ) -> Result<view::Published, Trouble> {
        self.with(|replica| {
            let settings = check_settings(replica, now)?;
            replica.commit(now, |writing| {
                let record = ask::open_draft(writing.db(), &request.draft_no)?;
                let folded = record.folded();
                let said = Said { catalogue: request.version.clone(), ..Said::default() };
                take(writing, &record, &folded, "publish", said, &[])?;
                let published = item::published(writing.db())?;
                let last = folded.rounds.last().map_or(&[][..], |round| record.content(round.submission));
                made_from_what_stands(last, &published)?;
                let draft = Catalogue { version: String::new(), items: last.to_vec() };
                let from = request.from.unwrap_or(tomorrow(writing, now)?);
                publish(writing, &published, &draft, &request.version, from, settings)
            })
        })
    }
}

fn may(writing: &Writing<'_>, event: &str) -> Result<(), Trouble> {
    let act = Act::find(event).ok_or_else(|| Refusal::UnknownEvent { event: event.to_owned() })?;
    act.role(&enrolment::roles(writing.db(), writing.identity().person)?)?;
    Ok(())
}

/// Takes an act, in the open transaction.
fn take(
    writing: &mut Writing<'_>,
    record: &DraftRecord,
    folded: &Folded,
    event: &str,
    said: Said,
    content: &[(Item, String)],
) -> Result<(), Trouble> {
    let act = Act::find(event).ok_or_else(|| Refusal::UnknownEvent { event: event.to_owned() })?;
    let role = act.role(&enrolment::roles(writing.db(), writing.identity().person)?)?;
    fits(folded, act, &said, writing.identity().unit, |_| true, &record.draft)?;
    ready(folded, act, &said).map_err(|lacking| Trouble::new(Code::BadInput, lacking))?;
    let payload = match serde_json::to_value(&said) {
        Ok(Value::Object(payload)) => payload,
        Ok(_) => Map::new(),
        Err(unwritable) => return Err(unreadable(unwritable)),
    };
    let saying = Saying {
        kind: act.name,
        after: latest(&record.events),
        role,
        on: today(writing.db(), writing.now())?,
        // No item rules a draft.
        item_version: 0,
        paper: None,
        payload,
    };
    let event = Event { rank: RANK, ..event::make(writing, saying)? };
    let mut document = writing.load(record.document)?;
    writing.edit(&mut document, |edit| {
        put_content(edit, event.id, content);
        edit.event(&event)
    })?;
    Ok(())
}

/// The items of a catalogue that differ from what is published, each under the version that it was made from.
fn sent_up(writing: &Writing<'_>, content: &str) -> Result<Vec<(Item, String)>, Trouble> {
    let catalogue = catalogue_from_json(content).map_err(unreadable)?;
    let published = item::published(writing.db())?;
    let published = published.newest();
    let mut differing = Vec::new();
    for newest in catalogue.newest() {
        let known = published.iter().find(|known| known.item_id == newest.item_id);
        if known.is_some_and(|known| diff::items(known, newest).is_empty()) {
            continue;
        }
        let text = catalogue
            .items
            .iter()
            .find(|(item, _)| std::ptr::eq(item, newest))
            .map(|(_, text)| text.as_str());
        let item = Item { version: known.map_or(0, |known| known.version), ..newest.clone() };
        let text = item.text_over(text.unwrap_or("{}")).map_err(unreadable)?;
        differing.push((item, text));
    }
    if differing.is_empty() {
        return Err(Trouble::new(Code::BadInput, "和已发布的目录没有不同，不用报送。"));
    }
    Ok(differing)
}

/// A comment is on an item of the submission, and on an element that there is; on the whole where it names none.
fn on_what_is_there(record: &DraftRecord, said: &Said) -> Result<(), Trouble> {
    let content = said.of.map_or(&[][..], |of| record.content(of));
    if !said.item_id.is_empty() && !content.iter().any(|(item, _)| item.item_id == said.item_id) {
        let message = format!("这一稿里没有事项 {}。请核对，或不写事项，对整份提意见。", said.item_id);
        return Err(Trouble::new(Code::BadInput, message));
    }
    let labels = element::ITEM.iter().map(|element| element.label);
    let labels = labels
        .chain(element::MATERIAL.iter().map(|element| element.label))
        .chain(element::FIELD.iter().map(|element| element.label));
    if !said.element.is_empty() && !labels.chain(["材料", "字段"]).any(|label| label == said.element) {
        let message = format!("“{}”不是目录的要素。请照导出的表头写，如“事项名称”“设定依据”。", said.element);
        return Err(Trouble::new(Code::BadInput, message));
    }
    Ok(())
}

/// What has been published since the draft was sent up isn't taken back by it.
fn made_from_what_stands(draft: &[(Item, String)], published: &Catalogue) -> Result<(), Trouble> {
    let stands = published.newest();
    let newer = draft.iter().find_map(|(item, _)| {
        let known = stands.iter().find(|known| known.item_id == item.item_id)?;
        (known.version != item.version).then_some(known)
    });
    match newer {
        Some(known) => {
            let message = format!(
                "“{}”（{}）在报送以后又发布了第 {} 版。请退回起草单位，在新版上改了再报。什么都没有发布。",
                known.name, known.item_id, known.version
            );
            Err(Trouble::new(Code::NotAllowed, message))
        }
        None => Ok(()),
    }
}
