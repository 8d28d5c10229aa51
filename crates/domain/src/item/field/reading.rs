//! A form from its fields, with what can't be read of it.

use super::{Asked, Comparison, Condition, Field, Form, Kind, Operand, Rule, rule};
use jiff::civil::date;
use std::collections::HashSet;

/// Of what a field is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Key,
    Kind,
    Options,
    Rule,
    Condition,
}

/// What can't be read of a field. It isn't heeded: the field is asked all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misread {
    pub key: String,
    pub label: String,
    pub part: Part,
    pub message: String,
    /// The catalogue can't be published with it.
    pub fatal: bool,
}

impl<'a> Form<'a> {
    /// Never fails: a case may be of an item that another program published.
    pub fn of(fields: &'a [Field]) -> Self {
        let mut form = Self { asked: Vec::with_capacity(fields.len()), misread: Vec::new() };
        let mut keys = HashSet::new();
        for field in fields {
            if !keys.insert(field.key.as_str()) {
                form.misread.push(of(field, Part::Key, format!("“{}”有两个字段用。请改一个。", field.key)));
                continue;
            }
            let asked = read(field, &mut form.misread);
            form.asked.push(asked);
        }
        for place in 0..form.asked.len() {
            form.leave_out_what_does_not_fit(place);
        }
        form.leave_out_cycles();
        form
    }

    /// Rules and conditions that look at fields that there aren't, or that can't answer them.
    fn leave_out_what_does_not_fit(&mut self, place: usize) {
        let Asked { field, kind, .. } = self.asked[place];
        let mut misread = Vec::new();
        let rules = std::mem::take(&mut self.asked[place].rules);
        let (rules, odd): (Vec<Rule>, Vec<Rule>) =
            rules.into_iter().partition(|rule| self.unfit_rule(field, kind, rule).is_none());
        let odd = odd.iter().filter_map(|rule| self.unfit_rule(field, kind, rule));
        misread.extend(odd.map(|message| of(field, Part::Rule, message)));
        self.asked[place].rules = rules;
        let condition = self.asked[place].condition.take();
        match condition.as_ref().and_then(|condition| self.unfit_condition(field, condition)) {
            Some(message) => misread.push(of(field, Part::Condition, message)),
            None => self.asked[place].condition = condition,
        }
        self.misread.append(&mut misread);
    }

    fn unfit_rule(&self, field: &Field, kind: Kind, rule: &Rule) -> Option<String> {
        rule.looks_at().find_map(|key| match self.asked(key) {
            None => Some(format!("规则“{rule}”里的“{key}”不是这个事项的字段。请填字段代码。")),
            Some(_) if key == field.key => Some(format!("规则“{rule}”和自己比。请改成别的字段代码。")),
            Some(other) if kind.number() != other.kind.number() || kind.day() != other.kind.day() => {
                let (one, other) = (kind.zh(), other.kind.zh());
                Some(format!("规则“{rule}”拿“{one}”和“{other}”比。只有数字和数字、日期和日期能比。"))
            }
            Some(_) => None,
        })
    }

    fn unfit_condition(&self, field: &Field, condition: &Condition) -> Option<String> {
        condition.0.iter().find_map(|clause| {
            let key = &clause.key;
            let Some(other) = self.asked(key) else {
                return Some(format!("填写条件里的“{key}”不是这个事项的字段。请填字段代码。"));
            };
            if *key == field.key {
                return Some("填写条件看的是自己。请改成别的字段代码。".to_owned());
            }
            // Which day it is is no matter to what can be listed.
            let read = |value: &&String| other.kind.read(value, &other.options, date(2026, 1, 1)).is_err();
            let odd = clause.wants.values().iter().find(read)?;
            Some(format!("填写条件里的“{odd}”不是“{}”能填的。请对照它的类型和选项。", other.field.label))
        })
    }

    /// A field whose condition, or whose value, hangs on itself by way of others is asked without either.
    fn leave_out_cycles(&mut self) {
        let round: Vec<usize> = (0..self.asked.len()).filter(|place| self.comes_back(*place)).collect();
        for place in round {
            let asked = &mut self.asked[place];
            let (part, what) = match asked.condition {
                Some(_) => (Part::Condition, "填写条件"),
                None => (Part::Rule, "规则"),
            };
            asked.condition = None;
            asked.rules.retain(|rule| !decides(rule));
            let message = format!("{what}绕了一圈又看回自己。请去掉其中一个。");
            self.misread.push(of(asked.field, part, message));
        }
    }

    fn comes_back(&self, place: usize) -> bool {
        let start = self.asked[place].field.key.as_str();
        let (mut seen, mut next) = (HashSet::new(), self.hangs_on(start));
        while let Some(key) = next.pop() {
            if key == start {
                return true;
            }
            if seen.insert(key) {
                next.extend(self.hangs_on(key));
            }
        }
        false
    }

    /// Keys of the fields that decide whether a field is asked, and what it comes to.
    fn hangs_on(&self, key: &str) -> Vec<&str> {
        let Some(asked) = self.asked(key) else { return Vec::new() };
        let clauses = asked.condition.iter().flat_map(|condition| &condition.0);
        let terms = asked.rules.iter().filter(|rule| decides(rule)).flat_map(Rule::looks_at);
        clauses.map(|clause| clause.key.as_str()).chain(terms).collect()
    }
}

/// What it says is filled in.
fn decides(rule: &Rule) -> bool {
    matches!(rule, Rule::Compares(Comparison::Equal, Operand::Terms(_)))
}

fn of(field: &Field, part: Part, message: impl Into<String>) -> Misread {
    let (key, label) = (field.key.clone(), field.label.clone());
    Misread { key, label, part, message: message.into(), fatal: true }
}

fn read<'a>(field: &'a Field, misread: &mut Vec<Misread>) -> Asked<'a> {
    let Some(kind) = Kind::of(&field.kind) else {
        let message = format!("字段类型“{}”不认识。请填：{}。", field.kind, Kind::all().join("、"));
        misread.push(of(field, Part::Kind, message));
        return Asked { field, kind: Kind::Text, options: Vec::new(), rules: Vec::new(), condition: None }
            .with_condition(misread);
    };
    let mut asked = Asked { field, kind, options: field.options.clone(), rules: Vec::new(), condition: None };
    // Catalogues of before have a choice's options as its rule.
    let before = kind == Kind::Choice && field.options.is_empty() && field.rule.contains('/');
    match (before, rule::read(&field.rule, kind)) {
        (_, Ok(rules)) => asked.rules = rules,
        (true, Err(_)) => asked.options = rule::named(&field.rule, '/').unwrap_or_default(),
        (false, Err(message)) => misread.push(of(field, Part::Rule, message)),
    }
    match (kind, asked.options.is_empty()) {
        (Kind::Choice, true) => {
            let message = "没有写选项，先按文字填。请补上选项，或把字段类型改成文字。";
            misread.push(Misread { fatal: false, ..of(field, Part::Options, message) });
        }
        (Kind::Choice, false) => {
            let mut seen = HashSet::new();
            let odd = asked.options.iter().find(|option| option.contains('/') || !seen.insert(option.trim()));
            if let Some(odd) = odd {
                let message = format!("选项“{odd}”写了两次，或里面有“/”。请改正。");
                misread.push(of(field, Part::Options, message));
            }
        }
        (_, false) => {
            misread.push(of(field, Part::Options, "只有单选才有选项。请删去选项，或把字段类型改成单选。"));
        }
        (_, true) => {}
    }
    asked.with_condition(misread)
}

impl Asked<'_> {
    fn with_condition(mut self, misread: &mut Vec<Misread>) -> Self {
        match Condition::read(&self.field.condition) {
            Ok(condition) => self.condition = condition,
            Err(message) => misread.push(of(self.field, Part::Condition, message)),
        }
        self
    }
}
