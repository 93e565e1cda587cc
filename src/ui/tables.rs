//! Tables in view: which ones every panel drew, and how one is taken along.
//!
//! A table offers itself while it is drawn, so that none can be forgotten: [`super::widgets::DataTable`] and the
//! figures behind an export button do, and what a panel paints by itself calls [`offer`]. Its text is made only when
//! somebody asks for it.

use egui::{Context, Id, Rect};

use super::panels::PanelKind;

/// What is made of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Taking {
    /// Cells separated by tabs, to the clipboard.
    Copy,
    /// Comma-separated, to the clipboard.
    CopyCsv,
    /// Comma-separated, to a file that the user names.
    SaveCsv,
}

impl Taking {
    /// Every way.
    pub const ALL: [Self; 3] = [Self::Copy, Self::CopyCsv, Self::SaveCsv];

    /// Its name in a menu.
    pub fn label(self) -> &'static str {
        match self {
            Self::Copy => "Copy for a spreadsheet",
            Self::CopyCsv => "Copy as CSV",
            Self::SaveCsv => "Save as CSV…",
        }
    }

    /// What it does, for tooltips.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Copy => "Separated by tabs, with the headings, to be pasted into cells",
            Self::CopyCsv => "Comma-separated, as the table shows it",
            Self::SaveCsv => "Comma-separated, into a file",
        }
    }

    /// Its name for a table: `Copy fills`, `Save fills as CSV…`.
    pub fn of(self, name: &str) -> String {
        let name = lower_first(name);
        match self {
            Self::Copy => format!("Copy {name}"),
            Self::CopyCsv => format!("Copy {name} as CSV"),
            Self::SaveCsv => format!("Save {name} as CSV…"),
        }
    }
}

/// `Profit by cause` → `profit by cause`; names with capitals, `P/L` and `VIX` among them, stay.
pub fn lower_first(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next();
    let mut rest = letters.clone().take_while(|letter| !letter.is_whitespace());
    let is_name = letters.as_str().starts_with(char::is_whitespace)
        || letters.as_str().is_empty()
        || rest.any(char::is_uppercase);
    match first {
        Some(first) if !is_name => first.to_lowercase().chain(letters).collect(),
        Some(_) | None => words.to_owned(),
    }
}

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Cells separated by tabs.
    Tabs,
    /// Comma-separated by RFC 4180.
    Csv,
}

/// A table that a panel drew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offered {
    /// The panel that it stands in.
    pub panel: PanelKind,
    /// Its name, unique in the panel.
    pub name: String,
    /// Where it stands, if it is drawn as one.
    pub rect: Option<Rect>,
}

/// A table that is asked for by name, to be handed over when it is drawn next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableRequest {
    /// The panel that it stands in.
    pub panel: PanelKind,
    /// Its name.
    pub name: String,
    /// What is made of it.
    pub taking: Taking,
}

/// What came of a table that was taken along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It is in the clipboard: what to say.
    Copied(String),
    /// It waits for a path.
    Save {
        /// Name of its file, without an ending.
        name: String,
        /// Its text.
        text: String,
    },
    /// It was asked for and not drawn: its name.
    Gone(String),
}

/// What was drawn and asked for, in the memory of the context.
#[derive(Clone, Debug, Default)]
struct Shelf {
    panel: Option<PanelKind>,
    offered: Vec<Offered>,
    /// What was offered in the frame before by panels that are not drawn yet in this one.
    before: Vec<Offered>,
    request: Option<TableRequest>,
    taken: Vec<Taken>,
}

fn with_shelf<R>(ctx: &Context, work: impl FnOnce(&mut Shelf) -> R) -> R {
    let id = Id::unique("tables in view");
    ctx.data_mut(|data| work(data.get_temp_mut_or_default::<Shelf>(id)))
}

/// Begins a frame: until a panel is drawn, what it offered last counts.
pub fn begin_frame(ctx: &Context) {
    with_shelf(ctx, |shelf| {
        shelf.before = std::mem::take(&mut shelf.offered);
    });
}

/// Before a panel is drawn: what follows stands in it.
pub fn enter(ctx: &Context, panel: PanelKind) {
    with_shelf(ctx, |shelf| {
        shelf.panel = Some(panel);
        shelf.offered.retain(|table| table.panel != panel);
        shelf.before.retain(|table| table.panel != panel);
    });
}

/// After a panel was drawn.
pub fn leave(ctx: &Context) {
    with_shelf(ctx, |shelf| shelf.panel = None);
}

/// Offers a table that is drawn in this frame, and hands it over if it is asked for. The first table of a name
/// counts: a button beside a table may offer it too.
pub fn offer(ctx: &Context, name: &str, rect: Option<Rect>, text: &dyn Fn(Form) -> String) {
    let asked = with_shelf(ctx, |shelf| {
        let panel = shelf.panel?;
        let is_same = |known: &str| known.eq_ignore_ascii_case(name);
        let known = shelf.offered.iter_mut();
        let mut known = known.filter(|table| table.panel == panel && is_same(&table.name));
        match known.next() {
            Some(known) => known.rect = known.rect.or(rect),
            None => shelf.offered.push(Offered {
                panel,
                name: name.to_owned(),
                rect,
            }),
        }
        let request = shelf.request.as_ref()?;
        let is_asked = request.panel == panel && is_same(&request.name);
        shelf.request.take_if(|_| is_asked)
    });
    if let Some(request) = asked {
        take(ctx, name, request.taking, text);
    }
}

/// Takes a table along now.
pub fn take(ctx: &Context, name: &str, taking: Taking, text: &dyn Fn(Form) -> String) {
    let form = match taking {
        Taking::Copy => Form::Tabs,
        Taking::CopyCsv | Taking::SaveCsv => Form::Csv,
    };
    let text = text(form);
    let taken = match taking {
        Taking::Copy | Taking::CopyCsv => {
            let words = said(name, form, &text);
            ctx.copy_text(text);
            Taken::Copied(words)
        }
        Taking::SaveCsv => Taken::Save {
            name: file_name(name),
            text,
        },
    };
    with_shelf(ctx, |shelf| shelf.taken.push(taken));
}

/// `Copied fills: 12 rows under 8 headings`.
fn said(name: &str, form: Form, text: &str) -> String {
    let separator = match form {
        Form::Tabs => b'\t',
        Form::Csv => b',',
    };
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator)
        .quoting(form == Form::Csv)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut lines = reader.records().filter_map(Result::ok);
    let heads = lines.next().map_or(0, |heads| heads.len());
    let rows = match lines.count() {
        0 => "no rows".to_owned(),
        1 => "1 row".to_owned(),
        rows => format!("{} rows", super::format::count(rows)),
    };
    let kind = match form {
        Form::Tabs => "",
        Form::Csv => " as CSV",
    };
    let name = lower_first(name);
    format!("Copied {name}{kind}: {rows} under {heads} headings")
}

/// A name as that of a file: `Profit by cause` → `profit-by-cause`.
fn file_name(name: &str) -> String {
    let plain = name.to_lowercase();
    let words = plain.split(|letter: char| !letter.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join("-")
}

/// CSV as cells separated by tabs; a tab or a line's end within a cell becomes a blank.
#[must_use]
pub fn csv_as_tabs(text: &str) -> String {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut out = String::new();
    for record in reader.records().filter_map(Result::ok) {
        let cells: Vec<String> = record
            .iter()
            .map(|cell| cell.replace(['\t', '\n', '\r'], " "))
            .collect();
        out.push_str(&cells.join("\t"));
        out.push('\n');
    }
    out
}

/// The tables in view, as drawn last.
pub fn offered(ctx: &Context) -> Vec<Offered> {
    with_shelf(ctx, |shelf| {
        let known = shelf.offered.iter().chain(&shelf.before);
        known.cloned().collect()
    })
}

/// Asks for a table in view: it is handed over when it is drawn next.
pub fn ask(ctx: &Context, request: TableRequest) {
    with_shelf(ctx, |shelf| shelf.request = Some(request));
    ctx.request_repaint();
}

/// After all panels were drawn: what was taken along since; a table that was asked for and not drawn is said to be
/// gone.
pub fn settle(ctx: &Context) -> Vec<Taken> {
    with_shelf(ctx, |shelf| {
        shelf.before.clear();
        let mut taken = std::mem::take(&mut shelf.taken);
        let unanswered = shelf.request.take();
        taken.extend(unanswered.map(|request| Taken::Gone(request.name)));
        taken
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(form: Form) -> String {
        match form {
            Form::Tabs => "Leg\tQty\nPut \"wing\"\t-1\nCall\t1\n".to_owned(),
            Form::Csv => "Leg,Qty\n\"Put \"\"wing\"\"\",-1\nCall,1\n".to_owned(),
        }
    }

    fn request(panel: PanelKind, taking: Taking) -> TableRequest {
        TableRequest {
            panel,
            name: "legs".to_owned(),
            taking,
        }
    }

    fn draw(ctx: &Context, panel: PanelKind) {
        enter(ctx, panel);
        offer(ctx, "Legs", None, &text);
        leave(ctx);
    }

    #[test]
    fn a_table_is_handed_over_when_it_is_drawn_next_and_once() {
        let ctx = Context::default();
        ask(&ctx, request(PanelKind::Journal, Taking::Copy));
        draw(&ctx, PanelKind::Hedge);
        draw(&ctx, PanelKind::Journal);
        let said = Taken::Copied("Copied legs: 2 rows under 2 headings".to_owned());
        assert_eq!(settle(&ctx), [said]);
        draw(&ctx, PanelKind::Journal);
        assert_eq!(settle(&ctx), []);
        let panels = [PanelKind::Hedge, PanelKind::Journal];
        assert_eq!(offered(&ctx).len(), panels.len());
        assert!(
            panels.map(|panel| offered(&ctx).iter().any(|table| table.panel == panel)) == [true; 2]
        );
        begin_frame(&ctx);
        draw(&ctx, PanelKind::Hedge);
        assert_eq!(offered(&ctx).len(), 2, "the journal is still to be drawn");
        assert_eq!(settle(&ctx), []);
        assert_eq!(offered(&ctx).len(), 1, "it was not drawn");
    }

    #[test]
    fn what_is_not_drawn_is_gone_and_a_file_gets_a_plain_name() {
        let ctx = Context::default();
        ask(&ctx, request(PanelKind::Journal, Taking::Copy));
        draw(&ctx, PanelKind::Hedge);
        assert_eq!(settle(&ctx), [Taken::Gone("legs".to_owned())]);
        take(&ctx, "P/L by leg, $", Taking::SaveCsv, &text);
        let [Taken::Save { name, text }] = &settle(&ctx)[..] else {
            panic!("one table waits for a path");
        };
        assert_eq!(name, "p-l-by-leg");
        assert!(text.starts_with("Leg,Qty"));
    }

    #[test]
    fn csv_turns_into_cells_that_a_spreadsheet_takes() {
        assert_eq!(csv_as_tabs(&text(Form::Csv)), text(Form::Tabs));
        assert_eq!(csv_as_tabs("a,\"b\tc\nd\"\n"), "a\tb c d\n");
        assert_eq!(
            Taking::SaveCsv.of("Implied SSR"),
            "Save implied SSR as CSV…"
        );
        assert_eq!(Taking::Copy.of("SSR"), "Copy SSR");
    }
}
