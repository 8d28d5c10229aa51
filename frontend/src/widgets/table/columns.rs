//! The columns of a table: in which order and how wide, as their person left them.

/// No column gets so narrow that it can't be taken hold of again, or so wide that the others are gone; rem.
const LEAST: f32 = 2.5;
const MOST: f32 = 40.0;

#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    pub id: &'static str,
    pub name: &'static str,
    /// In rem. `None`: it takes what the others leave.
    pub width: Option<f32>,
    /// Where room is short it leaves first.
    pub roomy: bool,
    pub sorts: bool,
}

impl Column {
    pub fn new(id: &'static str, name: &'static str, width: impl Into<Option<f32>>) -> Self {
        Self { id, name, width: width.into(), roomy: false, sorts: false }
    }

    pub fn roomy(self) -> Self {
        Self { roomy: true, ..self }
    }

    pub fn sorts(self, sorts: bool) -> Self {
        Self { sorts, ..self }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Layout(Vec<Column>);

impl Layout {
    /// The columns as they were left. One that has come since stands where it would stand beside the one before it.
    pub fn of(columns: &[Column], kept: &str) -> Self {
        let mut left: Vec<Column> = Vec::new();
        for (id, width) in kept.split(' ').filter_map(|one| one.split_once('=')) {
            let Some(column) = columns.iter().find(|column| column.id == id) else { continue };
            if left.iter().any(|known| known.id == id) {
                continue;
            }
            let width = column.width.map(|usual| {
                width.parse().ok().filter(|width: &f32| width.is_finite()).map_or(usual, within)
            });
            left.push(Column { width, ..column.clone() });
        }
        for (i, column) in columns.iter().enumerate() {
            if !left.iter().any(|known| known.id == column.id) {
                let before = columns[..i].last().map(|column| column.id);
                let after = left.iter().position(|known| Some(known.id) == before).map_or(0, |at| at + 1);
                left.insert(after, column.clone());
            }
        }
        Self(left)
    }

    pub fn kept(&self) -> String {
        let one = |column: &Column| format!("{}={}", column.id, column.width.unwrap_or_default());
        self.0.iter().map(one).collect::<Vec<_>>().join(" ")
    }

    pub fn columns(&self) -> &[Column] {
        &self.0
    }

    /// The same with another width of a column.
    pub fn sized(&self, id: &str, width: f32) -> Self {
        let mut columns = self.0.clone();
        if let Some(Column { width: Some(old), .. }) = columns.iter_mut().find(|column| column.id == id) {
            *old = within(width);
        }
        Self(columns)
    }

    /// The same with a column one place further right or left.
    pub fn moved(&self, id: &str, right: bool) -> Self {
        let mut columns = self.0.clone();
        let at = columns.iter().position(|column| column.id == id);
        let to = at.and_then(|at| if right { at.checked_add(1) } else { at.checked_sub(1) });
        if let (Some(at), Some(to)) = (at, to.filter(|to| *to < columns.len())) {
            columns.swap(at, to);
        }
        Self(columns)
    }

    /// Whether a column stands right of the one that takes what is left: it grows to the left.
    pub fn grows_left(&self, id: &str) -> bool {
        let at = self.0.iter().position(|column| column.id == id);
        let filler = self.0.iter().position(|column| column.width.is_none());
        at.zip(filler).is_some_and(|(at, filler)| at > filler)
    }

    /// Of `grid-template-columns`.
    pub fn template(&self, roomy: bool) -> String {
        let shown = self.0.iter().filter(|column| roomy || !column.roomy);
        let tracks = shown.map(|column| match column.width {
            Some(width) => format!("{width}rem"),
            None => "minmax(6rem, 1fr)".to_owned(),
        });
        tracks.collect::<Vec<_>>().join(" ")
    }
}

fn within(width: f32) -> f32 {
    // A hundredth of a rem is less than a pixel, and reads well.
    (width.clamp(LEAST, MOST) * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns() -> Vec<Column> {
        vec![
            Column::new("due", "时限", 8.0).sorts(true),
            Column::new("name", "申请人", 7.0),
            Column::new("item", "事项", None),
            Column::new("marks", "标记", 6.0).roomy(),
        ]
    }

    fn order(layout: &Layout) -> Vec<&str> {
        layout.columns().iter().map(|column| column.id).collect()
    }

    #[test]
    fn a_table_is_found_as_it_was_left() {
        let left = Layout::of(&columns(), "").sized("name", 9.256).moved("item", false).moved("due", true);
        let again = Layout::of(&columns(), &left.kept());
        assert_eq!(again, left);
        assert_eq!(order(&again), ["item", "due", "name", "marks"]);
        assert_eq!(again.template(true), "minmax(6rem, 1fr) 8rem 9.26rem 6rem");
        assert_eq!(again.template(false), "minmax(6rem, 1fr) 8rem 9.26rem");
    }

    #[test]
    fn what_was_kept_by_another_program_does_no_harm() {
        for (kept, expected) in [
            ("", ["due", "name", "item", "marks"]),
            ("marks=6 due=8", ["marks", "due", "name", "item"]),
            ("gone=3 due=x due=4 ===", ["due", "name", "item", "marks"]),
        ] {
            assert_eq!(order(&Layout::of(&columns(), kept)), expected, "{kept}");
        }
        let wild = Layout::of(&columns(), "due=900000 name=-3 item=70");
        assert_eq!(wild.template(true), "40rem 2.5rem minmax(6rem, 1fr) 6rem");
        assert_eq!(Layout::of(&columns(), "due=NaN"), Layout::of(&columns(), ""));
    }

    #[test]
    fn a_column_moves_no_further_than_the_edge() {
        let layout = Layout::of(&columns(), "");
        assert_eq!(layout.moved("due", false), layout);
        assert_eq!(layout.moved("marks", true), layout);
        assert_eq!(layout.moved("nobody", true), layout);
        assert!(layout.grows_left("marks") && !layout.grows_left("name") && !layout.grows_left("item"));
        assert_eq!(layout.sized("item", 9.0), layout, "what takes the rest has no width of its own");
    }
}
