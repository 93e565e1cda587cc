//! Short messages at the foot of the window, that go by themselves and may offer one action.

use egui::{Align, Align2, Area, Context, Frame, Id, Layout, Margin, Order, Stroke, Ui, vec2};

use super::button;
use crate::ui::fonts;
use crate::ui::icons::{self, Icon};
use crate::ui::theme::{RADIUS_PANEL, STATUS_HEIGHT, Tone, tokens};

/// Width of a message, in points.
const WIDTH: f32 = 360.0;

/// What kind of news a toast is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ToastKind {
    /// Something to know.
    Info,
    /// Something worked.
    Success,
    /// Something failed; stays twice as long.
    Error,
}

impl ToastKind {
    const fn icon(self) -> (Icon, Tone) {
        match self {
            Self::Info => (Icon::Info, Tone::Accent),
            Self::Success => (Icon::Pass, Tone::Good),
            Self::Error => (Icon::Breach, Tone::Bad),
        }
    }

    /// Seconds until it goes.
    const fn life_s(self) -> f64 {
        match self {
            Self::Info | Self::Success => 5.0,
            Self::Error => 12.0,
        }
    }
}

/// One message. `A` is what the action means to the caller.
#[derive(Clone, Debug)]
pub struct Toast<A> {
    kind: ToastKind,
    words: String,
    action: Option<(String, A)>,
    until_s: Option<f64>,
    serial: u64,
}

impl<A> Toast<A> {
    /// A message of `kind`.
    pub fn new(kind: ToastKind, words: impl Into<String>) -> Self {
        Self {
            kind,
            words: words.into(),
            action: None,
            until_s: None,
            serial: 0,
        }
    }

    /// With a button, such as `Undo`.
    pub fn action(mut self, words: impl Into<String>, action: A) -> Self {
        self.action = Some((words.into(), action));
        self
    }
}

/// The messages that are showing, oldest first; at most four.
#[derive(Clone, Debug)]
pub struct Toasts<A> {
    list: Vec<Toast<A>>,
    serial: u64,
    lift: f32,
}

impl<A> Default for Toasts<A> {
    fn default() -> Self {
        Self {
            list: Vec::new(),
            serial: 0,
            lift: 0.0,
        }
    }
}

impl<A> Toasts<A> {
    const MOST: usize = 4;

    /// Adds a message; the oldest goes when there are too many.
    pub fn push(&mut self, mut toast: Toast<A>) {
        self.serial += 1;
        toast.serial = self.serial;
        self.list.push(toast);
        if self.list.len() > Self::MOST {
            self.list.remove(0);
        }
    }

    /// Keeps the messages so many points above the status strip, off a bar that stands there.
    pub const fn lift(&mut self, points: f32) {
        self.lift = points;
    }

    /// How many messages are showing.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether nothing is showing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Shows the messages above the status strip; returns the action whose button was pressed.
    pub fn show(&mut self, ctx: &Context) -> Option<A> {
        let now = ctx.input(|i| i.time);
        for toast in &mut self.list {
            // an offer needs time to be read and reached
            let offers = if toast.action.is_some() { 2.0 } else { 1.0 };
            let life_s = offers * toast.kind.life_s();
            toast.until_s.get_or_insert(now + life_s);
        }
        self.list
            .retain(|t| t.until_s.is_none_or(|until| until > now));
        let next = self
            .list
            .iter()
            .filter_map(|t| t.until_s)
            .reduce(f64::min)?;
        ctx.request_repaint_after(std::time::Duration::from_secs_f64((next - now).max(0.05)));
        let mut pressed = None;
        Area::new(Id::unique("toasts"))
            .order(Order::Foreground)
            .anchor(
                Align2::RIGHT_BOTTOM,
                vec2(-12.0, -12.0 - STATUS_HEIGHT - self.lift),
            )
            .show(ctx, |ui| {
                ui.set_width(WIDTH);
                for toast in &self.list {
                    if let Some(press) = show_one(ui, toast) {
                        pressed = Some((toast.serial, press));
                    }
                }
            });
        let (serial, press) = pressed?;
        let at = self.list.iter().position(|toast| toast.serial == serial)?;
        let toast = self.list.remove(at);
        match press {
            Press::Action => toast.action.map(|(_, action)| action),
            Press::Dismiss => None,
        }
    }
}

enum Press {
    Action,
    Dismiss,
}

fn show_one<A>(ui: &mut Ui, toast: &Toast<A>) -> Option<Press> {
    let t = tokens(ui);
    let (icon, tone) = toast.kind.icon();
    let shadow = ui.visuals().popup_shadow;
    let frame = Frame::NONE
        .fill(t.pop)
        .stroke(Stroke::new(1.0, t.edge))
        .corner_radius(RADIUS_PANEL)
        .shadow(shadow)
        .inner_margin(Margin::symmetric(12, 8));
    let shown = frame.show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.set_width(ui.available_width());
            icons::show(ui, icon, t.text(tone));
            let words = fonts::body(&toast.words).color(t.tx);
            let room = ui.available_width() - if toast.action.is_some() { 104.0 } else { 32.0 };
            ui.scope(|ui| {
                ui.set_width(room);
                ui.add(egui::Label::new(words).wrap());
            });
            let layout = Layout::right_to_left(Align::Center);
            ui.with_layout(layout, |ui| buttons(ui, toast)).inner
        })
        .inner
    });
    shown.inner
}

fn buttons<A>(ui: &mut Ui, toast: &Toast<A>) -> Option<Press> {
    let mut press = None;
    if icons::icon_button(ui, Icon::Close, "Dismiss message").clicked() {
        press = Some(Press::Dismiss);
    }
    if let Some((words, _)) = &toast.action
        && button::secondary(ui, words).clicked()
    {
        press = Some(Press::Action);
    }
    press
}
