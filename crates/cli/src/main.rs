//! `daiban`: a desk without a window, for technicians, scripts and tests. It only converts: arguments to requests,
//! answers to text or JSON, failures to exit codes. The clock is read here.

mod arguments;
mod backup;
mod device;
mod drafts;
mod items;
mod notices;
mod paper;
mod password;
mod print;

use arguments::{
    AgentVerb, Arguments, BatchVerb, BundleVerb, CalendarVerb, DelegationVerb, DuplicatesVerb, EventVerb,
    MatterVerb, OfficesVerb, PeopleVerb, RelayVerb, StaffVerb, UnitsVerb, UserVerb, Verb,
};
use clap::Parser;
use daiban_contract::{Code, Failure, act, ask};
use daiban_desk::{Desk, Limits, Place, Way, save_support};
use daiban_domain::{Instant, PersonId, delegation::Delegation, office::Office, staff::Training};
use daiban_support::log;
use std::{io::Read, net::SocketAddr, path::PathBuf, process::ExitCode, sync::Arc, time::SystemTime};
use tokio::net::TcpListener;

fn main() -> ExitCode {
    daiban_desk::core_dump::switch_off();
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) if error.use_stderr() && std::env::args().any(|argument| argument == "--json") => {
            let message = format!("命令写得不对，什么都没有做：{}", error.render().to_string().trim());
            print::failure(&Failure::new(Code::BadInput, message), true);
            return ExitCode::FAILURE;
        }
        Err(error) => error.exit(),
    };
    let json = arguments.json;
    match run(arguments) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(failure) => {
            print::failure(&failure, json);
            ExitCode::FAILURE
        }
    }
}

/// Whether what was asked came out well: `verify` and `check` print their findings and then say no.
fn run(arguments: Arguments) -> Result<bool, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.map_err(|error| Failure::new(Code::Internal, format!("程序起不来：{error}。")))?;
    runtime.block_on(verb(arguments))
}

async fn verb(arguments: Arguments) -> Result<bool, Failure> {
    let now = now()?;
    let json = arguments.json;
    let keys = arguments.keys.clone().unwrap_or_else(|| state_folder().join("keys"));
    let data = arguments.data.clone().unwrap_or_else(data_folder);
    log::begin(&data, &[(&keys, "<keys>")], "off", clock);
    let open_with = |password| {
        let (data, keys, user) = (data.clone(), keys.clone(), arguments.login.clone());
        Desk::open(Place { data, keys, user, password })
    };
    let open = || open_with(password::of(&arguments, &data)?);
    match &arguments.verb {
        Verb::Check { kind, value } => {
            let checked = daiban_desk::check::check(kind.as_str(), value, now)?;
            let ok = checked.ok;
            print::answer(&checked, json);
            return Ok(ok);
        }
        Verb::Sample { dir, hub_url } => {
            let keys = arguments.keys.clone().unwrap_or_else(|| dir.join("keys"));
            print::answer(&daiban_desk::sample(dir, &keys, hub_url, clock).await?, json);
        }
        Verb::Enrol { answer: Some(file), .. } => {
            let request = act::FinishEnrolment { file: path(file), password: password::given(&arguments)? };
            print::answer(&open()?.finish_enrolment(request, now)?, json);
        }
        Verb::Enrol { hub, code, device, user, ask, .. } => {
            let [hub, code, device, user] =
                [hub, code, device, user].map(|said| said.clone().unwrap_or_default());
            if let Some(file) = ask {
                let request = act::AskEnrolment { code, device, user, file: path(file) };
                print::answer(&open()?.ask_enrolment(request, now)?, json);
                return Ok(true);
            }
            let request = act::Enrol { hub, code, device, user, password: password::given(&arguments)? };
            print::answer(&open()?.enrol(request, now).await?, json);
        }
        Verb::Support { output } => {
            let request = act::SaveSupport { file: output.as_deref().map(path) };
            let saved = match open_with(password::given(&arguments)?) {
                Ok(desk) => desk.save_support(request, now)?,
                Err(why) => {
                    let place = Place { data: data.clone(), keys: keys.clone(), user: None, password: None };
                    save_support(&place, &why, request, now)?
                }
            };
            print::answer(&saved, json);
        }
        Verb::User { user: UserVerb::List } => print::answer(&open()?.users(ask::Users {}, now)?, json),
        Verb::User { user: UserVerb::Add { name, code } } => {
            let desk = open()?;
            let request = act::AddUser { code: code.clone(), name: name.clone(), password: password::new()? };
            print::answer(&desk.add_user(request, now).await?, json);
        }
        Verb::User { user: UserVerb::Remove { name } } => {
            let desk = open()?;
            let request = act::RemoveUser { person: user_named(&desk, name, now)? };
            print::answer(&desk.remove_user(request, now)?, json);
        }
        Verb::User { user: UserVerb::Forgot { output } } => {
            open_with(None)?.ask_recovery(output)?;
            print::answer(&serde_json::json!({ "file": output }), json);
        }
        Verb::User { user: UserVerb::Recover { name, answer } } => {
            let desk = open_with(None)?;
            print::answer(&desk.recover(answer, name, &password::new()?, now)?, json);
        }
        Verb::User { user: UserVerb::Password } => {
            let old = password::of(&arguments, &data)?;
            let desk = open_with(old.clone())?;
            let request = act::SetPassword { old, new: password::new()? };
            print::answer(&desk.set_password(request, now)?, json);
        }
        Verb::Record { file } => {
            let request: act::Record = read_json(file)?;
            print::answer(&open()?.record(request, now)?, json);
        }
        Verb::Act { case_no, event, file, on } => {
            let payload = file.as_deref().map(read_json).transpose()?;
            let request = act::Act { case_no: case_no.clone(), event: event.clone(), payload, on: *on };
            print::answer(&open()?.act(request, now)?, json);
        }
        Verb::Batch { batch: BatchVerb::HandOver { case_nos } } => {
            print::answer(&open()?.hand_over(act::HandOver { case_nos: case_nos.clone() }, now)?, json);
        }
        Verb::Batch { batch: BatchVerb::Show { batch } } => {
            print::answer(&open()?.batch(ask::Batch { batch: batch.clone() }, now)?, json);
        }
        Verb::Batch { batch: BatchVerb::Receive { batch, file } } => {
            let lines = file.as_deref().map(read_json).transpose()?.unwrap_or_default();
            let request = act::ReceiveBatch { batch: batch.clone(), lines };
            print::answer(&open()?.receive_batch(request, now)?, json);
        }
        Verb::Set { case_no, path, value, reason } => {
            let request = act::Set {
                case_no: case_no.clone(),
                path: path.clone(),
                value: value.clone(),
                reason: reason.clone(),
            };
            print::answer(&open()?.set(request, now)?, json);
        }
        Verb::Settle { case_no, path, value } => {
            let request = act::Settle { case_no: case_no.clone(), path: path.clone(), value: value.clone() };
            print::answer(&open()?.settle(request, now)?, json);
        }
        Verb::Entrust { case_no, revoke: true, .. } => {
            let request = act::RevokeEntrustment { case_no: case_no.clone(), reason: String::new() };
            print::answer(&open()?.revoke_entrustment(request, now)?, json);
        }
        Verb::Entrust { case_no, powers, from, to, thumbprint, witness, .. } => {
            let request = act::Entrust {
                case_no: case_no.clone(),
                powers: powers.clone(),
                from: *from,
                to: *to,
                thumbprint: *thumbprint,
                witness: witness.clone(),
            };
            print::answer(&open()?.entrust(request, now)?, json);
        }
        Verb::Suggest { case_no, path, value, reason } => {
            let (case_no, path) = (case_no.clone(), path.clone());
            let request = act::Suggest { case_no, path, value: value.clone(), reason: reason.clone() };
            print::answer(&open()?.suggest(request, now)?, json);
        }
        Verb::Answer { case_no, suggestion, decline, reason } => {
            let (case_no, reason, adopt) = (case_no.clone(), reason.clone(), !decline);
            let request = act::AnswerSuggestion { case_no, suggestion: *suggestion, adopt, reason };
            print::answer(&open()?.answer_suggestion(request, now)?, json);
        }
        Verb::Show { case_no } => {
            print::answer(&open()?.case(ask::Case { case_no: case_no.clone() }, now)?, json);
        }
        Verb::List { state, unit, search, doubtful, limit, offset } => {
            let request = ask::Cases {
                states: state.iter().copied().collect(),
                unit: *unit,
                doubtful: *doubtful,
                search: search.clone(),
                limit: *limit,
                offset: *offset,
                ..ask::Cases::default()
            };
            print::answer(&open()?.cases(request, now)?, json);
        }
        Verb::Duplicates { duplicates: None, limit } => {
            print::answer(&open()?.duplicates(ask::Duplicates { limit: *limit }, now)?.cases, json);
        }
        Verb::Duplicates {
            duplicates: Some(DuplicatesVerb::Void { case_no, surviving, reason, leave_materials }),
            ..
        } => {
            let request = act::VoidDuplicate {
                case_no: case_no.clone(),
                surviving: surviving.clone(),
                reason: reason.clone(),
                leave_materials: *leave_materials,
            };
            print::answer(&open()?.void_duplicate(request, now)?, json);
        }
        Verb::Items { items: Some(verb), .. } => return items::run(verb, open, now, json),
        Verb::Items { search, .. } => {
            print::answer(&open()?.items(ask::Items { search: search.clone() }, now)?, json);
        }
        Verb::Item { item_id } => {
            print::answer(&open()?.item(ask::Item { item_id: item_id.clone() }, now)?, json);
        }
        Verb::Event { event: Some(EventVerb::Record { bundle_id, file }), .. } => {
            let request: act::RecordLifeEvent = read_json(file)?;
            let request = act::RecordLifeEvent { bundle_id: bundle_id.clone(), ..request };
            print::answer(&open()?.record_life_event(request, now)?, json);
        }
        Verb::Event { bundle_id, catalogue, event: None } => {
            let request = ask::LifeEvent {
                bundle_id: bundle_id.clone().unwrap_or_default(),
                catalogue: catalogue.as_ref().map(|file| file.display().to_string()),
            };
            print::answer(&open()?.life_event(request, now)?, json);
        }
        Verb::Form { case_no, form, about, output, printer } => {
            let (form, file, printer) = (form.clone(), output.as_deref().map(path), printer.named());
            let desk = open()?;
            if let Some(of) = about.paper(&form)? {
                print::answer(&desk.save_paper(act::SavePaper { of, file, printer }, now)?, json);
                return Ok(true);
            }
            let case_no = match &about.batch {
                Some(batch) => handed_over(&desk, batch, &form, now)?,
                None => case_no.clone().unwrap_or_default(),
            };
            print::answer(&desk.save_form(act::SaveForm { case_no, form, file, printer }, now)?, json);
        }
        Verb::Handbook { output, printer } => {
            let (file, printer) = (output.as_deref().map(path), printer.named());
            let request = act::SavePaper { of: act::PaperOf::Handbook {}, file, printer };
            print::answer(&open()?.save_paper(request, now)?, json);
        }
        Verb::Forms { form, case_nos, batch, day, output, printer } => {
            let of = match (batch, day) {
                (Some(batch), _) => act::FormsOf::HandOver { batch: batch.clone() },
                (None, Some(on)) => act::FormsOf::Day { on: *on },
                (None, None) => act::FormsOf::Cases { case_nos: case_nos.clone() },
            };
            let (form, file) = (form.clone(), output.as_deref().map(path));
            let request = act::SaveForms { of, form, file, printer: printer.named() };
            print::answer(&open()?.save_forms(request, now)?, json);
        }
        Verb::Printers => print::answer(&open()?.printers(ask::Printers {}, now)?, json),
        Verb::Prints { again, let_go, cancel } => {
            let acts = [
                (again, act::PrintAct::Again),
                (let_go, act::PrintAct::LetGo),
                (cancel, act::PrintAct::Cancel),
            ];
            let chosen = acts.into_iter().find_map(|(id, act)| id.map(|id| act::ActOnPrint { id, act }));
            let prints = match chosen {
                Some(request) => open()?.act_on_print(request, now)?,
                None => open()?.prints(ask::Prints {}, now)?,
            };
            print::answer(&prints, json);
        }
        Verb::CheckForm { text } => {
            print::answer(&open()?.check_form(ask::CheckForm { text: text.clone() }, now)?, json);
        }
        Verb::Attach { case_no, file, material, name } => {
            let request = act::Attach {
                case_no: case_no.clone(),
                file: Some(file.display().to_string()),
                content: None,
                material_code: material.clone(),
                name: name.clone(),
            };
            print::answer(&open()?.attach(request, now)?.attachments, json);
        }
        Verb::Detach { case_no, hash } => {
            let request = act::Detach { case_no: case_no.clone(), hash: hash.clone() };
            print::answer(&open()?.detach(request, now)?.attachments, json);
        }
        Verb::Attachments { case_no, save: Some(hash), output, .. } => {
            let request = act::SaveAttachment {
                case_no: case_no.clone(),
                hash: hash.clone(),
                file: output.as_ref().map(|file| file.display().to_string()),
            };
            print::answer(&open()?.save_attachment(request, now)?, json);
        }
        Verb::Attachments { case_no, purge: true, .. } => {
            let request = act::PurgeAttachments { case_no: case_no.clone() };
            print::answer(&open()?.purge_attachments(request, now)?.attachments, json);
        }
        Verb::Attachments { case_no, .. } => {
            print::answer(&open()?.case(ask::Case { case_no: case_no.clone() }, now)?.attachments, json);
        }
        Verb::Settings { name: Some(name), value: Some(value) } => {
            let request = act::ChangeSetting { name: name.clone(), value: value.clone() };
            print::answer(&open()?.change_setting(request, now)?, json);
        }
        Verb::Settings { .. } => print::answer(&open()?.settings(ask::Settings {}, now)?, json),
        Verb::County { name: Some(name), value: Some(value), since } => {
            let request = act::PublishSetting { name: name.clone(), value: *value, since: *since };
            print::answer(&open()?.publish_setting(request, now)?, json);
        }
        Verb::County { .. } => print::answer(&open()?.county_settings(ask::CountySettings {}, now)?, json),
        Verb::Units { units: UnitsVerb::List } => print::answer(&open()?.units(ask::Units {}, now)?, json),
        Verb::Units { units: UnitsVerb::Import { file } } => {
            let request = act::ImportUnits { file: file.display().to_string() };
            print::answer(&open()?.import_units(request, now)?, json);
        }
        Verb::Offices { offices: OfficesVerb::List { unit } } => {
            print::answer(&open()?.offices(ask::Offices { unit: *unit }, now)?, json);
        }
        Verb::Offices { offices: OfficesVerb::Set { unit, kind, name, uscc, address, phone, to } } => {
            let office = Office {
                unit: *unit,
                kind: *kind,
                name: name.clone(),
                uscc: uscc.clone(),
                address: address.clone(),
                phone: phone.clone(),
                valid_to: *to,
            };
            print::answer(&open()?.set_office(act::SetOffice { office }, now)?, json);
        }
        Verb::Staff { staff: StaffVerb::Roles { person, roles } } => {
            let request = act::SetRoles { person: *person, roles: roles.clone() };
            print::answer(&open()?.set_roles(request, now)?, json);
        }
        Verb::Staff { staff: StaffVerb::List } => print::answer(&open()?.staff(ask::Staff {}, now)?, json),
        Verb::Staff {
            staff:
                StaffVerb::Set { person, staff_type, certificate, partner, phone, training, trained_on, from, to },
        } => {
            let training = training.clone().zip(*trained_on);
            let request = act::SetStaff {
                person: *person,
                staff_type: *staff_type,
                law_enforcement_cert_no: certificate.clone(),
                partner: *partner,
                phone: phone.clone(),
                training: training.map(|(subject, on)| Training { on, subject }),
                from: *from,
                to: *to,
            };
            print::answer(&open()?.set_staff(request, now)?, json);
        }
        Verb::Delegation { delegation: DelegationVerb::List } => {
            print::answer(&open()?.delegations(ask::Delegations {}, now)?, json);
        }
        Verb::Delegation { delegation: DelegationVerb::Set { from, to, items, since, until, reason } } => {
            let delegation = Delegation {
                from: *from,
                to: *to,
                item_ids: items.clone(),
                since: *since,
                until: *until,
                reason: reason.clone(),
            };
            print::answer(&open()?.delegate(act::Delegate { delegation }, now)?, json);
        }
        Verb::Agent { agent: AgentVerb::HandOver { to, unit } } => {
            print::answer(&open()?.change_agent(act::ChangeAgent { to: *to, unit: *unit }, now)?, json);
        }
        Verb::Explain { case_no } => {
            let explained = open()?.explain(ask::Explain { case_no: case_no.clone() }, now)?;
            if json { print::answer(&explained, json) } else { print::sentences(&explained.says) }
        }
        Verb::Sync { hub, relay, attachments } => {
            let (desk, request) = (open()?, act::Exchange { attachments: *attachments });
            let done = match (hub, relay) {
                (_, Some(relay)) => desk.visit(Way::Relay(relay), request, now).await?,
                (Some(hub), None) => desk.visit(Way::Hub(hub), request, now).await?,
                (None, None) => desk.exchange(request, now).await?,
            };
            print::answer(&done, json);
        }
        Verb::Relay { relay: RelayVerb::Serve { listen } } => serve_relay(open()?, *listen).await?,
        Verb::Relay { relay: RelayVerb::Call { url } } => {
            let ways = act::SetWays { call: Some(url.clone().unwrap_or_default()), listen: None };
            print::answer(&open()?.set_ways(ways, now)?, json);
        }
        Verb::Matter { matter: MatterVerb::Record { file } } => {
            let request: act::RecordMatter = read_json(file)?;
            print::answer(&open()?.record_matter(request, now)?, json);
        }
        Verb::Matter { matter: MatterVerb::Act { matter_no, event, file } } => {
            let payload = file.as_deref().map(read_json).transpose()?;
            let request = act::ActOnMatter { matter_no: matter_no.clone(), event: event.clone(), payload };
            print::answer(&open()?.act_on_matter(request, now)?, json);
        }
        Verb::Matter { matter: MatterVerb::Show { matter_no } } => {
            print::answer(&open()?.matter(ask::Matter { matter_no: matter_no.clone() }, now)?, json);
        }
        Verb::Matter { matter: MatterVerb::List { open: only_open, kind, unit, due, limit, offset } } => {
            let request = ask::Matters {
                kind: *kind,
                unit: *unit,
                open: *only_open,
                due: *due,
                limit: *limit,
                offset: *offset,
            };
            print::answer(&open()?.matters(request, now)?, json);
        }
        Verb::Notice { notice } => notices::run(notice, &open()?, now, json)?,
        Verb::Rate { case_no, file } => {
            let request = act::Rate { case_no: case_no.clone(), ..read_json(file)? };
            print::answer(&open()?.rate(request, now)?, json);
        }
        Verb::Ratings { unit, from, to } => {
            let request = ask::Ratings { unit: *unit, from: *from, to: *to };
            print::answer(&open()?.ratings(request, now)?, json);
        }
        Verb::Bundle { bundle: BundleVerb::Export { output, unit, all } } => {
            let file = output.as_ref().map(|file| file.display().to_string());
            let request = act::ExportBundle { file, unit: *unit, all: *all };
            print::answer(&open()?.export_bundle(request, now)?, json);
        }
        Verb::Bundle { bundle: BundleVerb::Import { file } } => {
            let request = act::ImportBundle { file: file.display().to_string() };
            print::answer(&open()?.import_bundle(request, now)?, json);
        }
        Verb::Unmask { case_no, path, reason } => {
            let (case_no, path, reason) = (case_no.clone(), path.clone(), reason.clone());
            print::answer(&open()?.unmask(act::Unmask { case_no, path, reason }, now)?, json);
        }
        Verb::Audit { audit } => return device::audit(audit, &open()?, now, json),
        Verb::Device { device } => device::device(device, &open()?, now, json).await?,
        Verb::Erase { case_no, matter, rating, resident, unit, ground } => {
            let what = match (case_no, matter, rating, resident.clone().zip(*unit)) {
                (Some(case_no), ..) => act::Personal::Case { case_no: case_no.clone() },
                (None, Some(matter_no), ..) => act::Personal::Matter { matter_no: matter_no.clone() },
                (None, None, Some(id), _) => act::Personal::Rating { id: *id },
                (None, None, None, Some((id_no, unit))) => act::Personal::Resident { unit, id_no },
                (None, None, None, None) => {
                    let message = "要写明办件编号、来访事项编号、评价的编号，或居民的证件号和所在的村。";
                    return Err(Failure::new(Code::BadInput, message));
                }
            };
            print::answer(&open()?.erase(act::Erase { what, ground: *ground }, now)?, json);
        }
        Verb::Calendar { calendar: CalendarVerb::Import { file, replace } } => {
            let request = act::ImportCalendar { file: file.display().to_string(), replace: *replace };
            print::answer(&open()?.import_calendar(request, now)?, json);
        }
        Verb::Day { day } => print::answer(&open()?.state_day(act::StateDay { day: *day }, now)?, json),
        Verb::Calendar { calendar: CalendarVerb::ToTell } => {
            print::answer(&open()?.to_tell(ask::ToTell {}, now)?, json);
        }
        Verb::People { people: PeopleVerb::Import { file, good_rows, unit } } => {
            let request =
                act::ImportResidents { file: file.display().to_string(), good_rows: *good_rows, unit: *unit };
            let imported = open()?.import_residents(request, now)?;
            print::answer(&imported, json);
            return Ok(imported.taken);
        }
        Verb::People { people: PeopleVerb::Find { text } } => {
            print::answer(&open()?.residents(ask::Residents { search: text.clone() }, now)?, json);
        }
        Verb::People { people: PeopleVerb::Set { id, field, value } } => {
            let request = act::SetResident { id: *id, field: field.clone(), value: value.clone() };
            print::answer(&open()?.set_resident(request, now)?, json);
        }
        Verb::People { people: PeopleVerb::Duplicates { limit } } => {
            print::answer(&open()?.duplicates(ask::Duplicates { limit: *limit }, now)?, json);
        }
        Verb::People { people: PeopleVerb::Show { id } } => {
            print::answer(&open()?.person(ask::Person { id: *id }, now)?, json);
        }
        Verb::People { people: PeopleVerb::Link { one, other, reason } } => {
            let (one, other, reason) = (*one, *other, reason.clone());
            let request = act::LinkResidents { one, other, linked: true, reason };
            print::answer(&open()?.link_residents(request, now)?, json);
        }
        Verb::People { people: PeopleVerb::Unlink { one, other, reason } } => {
            let (one, other, reason) = (*one, *other, reason.clone());
            let request = act::LinkResidents { one, other, linked: false, reason };
            print::answer(&open()?.link_residents(request, now)?, json);
        }
        Verb::Backup(backup) => backup::backup(backup, &open()?, now, json)?,
        Verb::Restore { from, at } => {
            let request = act::Restore { from: path(from), at: *at };
            print::answer(&open()?.restore(request, now)?, json);
        }
        Verb::Archive => print::answer(&open()?.archive(act::Archive {}, now)?, json),
        Verb::Verify => {
            let verified = open()?.verify(ask::Verify {}, now)?;
            let ok = verified.ok;
            print::answer(&verified, json);
            return Ok(ok);
        }
        Verb::Due { from, working_days } => {
            let request = ask::Due { from: *from, working_days: *working_days };
            print::answer(&open()?.due(request, now)?, json);
        }
    }
    Ok(true)
}

async fn serve_relay(desk: Desk, listen: SocketAddr) -> Result<(), Failure> {
    let busy = |_| Failure::new(Code::File, format!("{listen} 不能监听：地址被占用或没有权限。"));
    let listener = TcpListener::bind(listen).await.map_err(busy)?;
    let address = listener.local_addr().map_err(busy)?;
    let scheme = if address.ip().is_loopback() { "http" } else { "https" };
    println!("listening on {scheme}://{address}");
    let interrupted = async {
        // Without a signal to wait for it serves until it is killed.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending().await
        }
    };
    Arc::new(desk).serve_relay(listener, Limits::default(), clock, interrupted).await
}

/// The clock, or what `DAIBAN_NOW` says it is.
fn now() -> Result<Instant, Failure> {
    match std::env::var("DAIBAN_NOW").map(|text| text.parse::<Instant>()) {
        Ok(Err(_)) => Err(Failure::new(Code::BadInput, "DAIBAN_NOW 要写成 2026-03-05T09:00:00+08:00 这样。")),
        _ => Ok(clock()),
    }
}

fn clock() -> Instant {
    std::env::var("DAIBAN_NOW").ok().and_then(|text| text.parse().ok()).unwrap_or_else(|| {
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        Instant(since.as_millis() as i64)
    })
}

fn user_named(desk: &Desk, name: &str, now: Instant) -> Result<PersonId, Failure> {
    let users = desk.users(ask::Users {}, now)?.users;
    users.iter().find(|user| user.name == name).map(|user| user.person).ok_or_else(|| {
        Failure::new(Code::UnknownUser, "这台设备没有这个使用人。用 daiban user list 看都有谁。")
    })
}

/// As the desk is asked for it.
fn path(file: &std::path::Path) -> String {
    file.display().to_string()
}

/// A case of a hand-over: its slip is a paper of each of them.
fn handed_over(desk: &Desk, batch: &str, form: &str, now: Instant) -> Result<String, Failure> {
    if form != "F06" {
        let message = "一批移交只有一份 F06。要打印这批办件各自的文书，请用 daiban forms。";
        return Err(Failure::new(Code::UnknownForm, message));
    }
    let handed = desk.batch(ask::Batch { batch: batch.to_owned() }, now)?;
    Ok(handed.lines.into_iter().next().map(|line| line.case_no).unwrap_or_default())
}

/// A JSON file, or standard input for `-`. serde's own words may quote the input, so only the place is told.
fn read_json<T: serde::de::DeserializeOwned>(file: &std::path::Path) -> Result<T, Failure> {
    let mut text = String::new();
    let read = if file.as_os_str() == "-" {
        std::io::stdin().read_to_string(&mut text).map(|_| ())
    } else {
        std::fs::read_to_string(file).map(|read| text = read)
    };
    read.map_err(|_| Failure::new(Code::File, "文件读不出，或不是 UTF-8 文本。请检查路径。"))?;
    let text = text.trim_start_matches('\u{feff}');
    serde_json::from_str(text).map_err(|error| {
        let place = format!("第 {} 行第 {} 列", error.line(), error.column());
        let what = match error.classify() {
            serde_json::error::Category::Data => "缺了必填的项，或有一项的类型不对",
            _ => "不是合格的 JSON",
        };
        Failure::new(Code::BadInput, format!("{what}（{place}）。什么都没有保存，改好再试。"))
    })
}

fn home() -> PathBuf {
    std::env::var_os("HOME").map_or_else(|| PathBuf::from("."), PathBuf::from)
}

fn data_folder() -> PathBuf {
    std::env::var_os("XDG_DATA_HOME")
        .map_or_else(|| home().join(".local/share"), PathBuf::from)
        .join("daiban")
}

fn state_folder() -> PathBuf {
    std::env::var_os("XDG_STATE_HOME")
        .map_or_else(|| home().join(".local/state"), PathBuf::from)
        .join("daiban")
}
