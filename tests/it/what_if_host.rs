//! The session of the app without its window, around single panels: what-ifs, drafts and snapshots really happen.

use egui::{Theme, Ui};
use egui_kittest::Harness;
use palisade::app::{Session, sample_campaign};
use palisade::ui::{Action, Actions, PanelContext, WhatIfEdit, Workspace, widgets};

use crate::panel_host::Panel;
use crate::support;

/// A session on the sample campaign.
pub struct WhatIfHost {
    /// The session.
    pub session: Session,
    /// What the user chose about the desk.
    pub workspace: Workspace,
    /// What-if edits, in order.
    pub edits: Vec<WhatIfEdit>,
}

impl WhatIfHost {
    /// The sample, nothing assumed.
    pub fn sample() -> Self {
        let workspace = Workspace::default();
        Self {
            session: Session::unsaved(None, sample_campaign(), true, &workspace),
            workspace,
            edits: Vec::new(),
        }
    }

    /// What a panel reads.
    pub fn context(&self) -> PanelContext<'_> {
        let now = self.session.campaign().marks.as_of;
        self.session.panel_context(&self.workspace, now)
    }

    /// Shows a panel on the panel ground and carries out what it asked for.
    pub fn show(&mut self, ui: &mut Ui, panel: Panel) {
        let mut actions = Actions::default();
        let is_what_if = self.context().what_if.is_some();
        widgets::panel_frame(ui, is_what_if)
            .stroke(egui::Stroke::NONE)
            .show(ui, |ui| {
                ui.set_min_size(ui.available_size());
                panel(ui, &self.context(), &mut actions);
            });
        self.apply(actions.take());
    }

    /// Carries out actions as the app does after a frame.
    pub fn apply(&mut self, actions: Vec<Action>) {
        for action in actions {
            match action {
                Action::Edit(command) => self.session.edit(command).expect("a legal edit"),
                // the app too only notes what a drag is refused
                Action::Drag(command) => drop(self.session.drag(command)),
                Action::EndDrag => self.session.end_gesture(),
                Action::CancelDrag => self.session.cancel_gesture(),
                Action::Workspace(edit) => self.workspace.apply(edit),
                Action::WhatIf(edit) => {
                    self.edits.push(edit.clone());
                    self.session.change_what_if(edit).expect("a legal what-if");
                }
                Action::SetEquity(equity) => {
                    self.session.set_equity(equity).expect("no store, no error");
                }
                Action::Run(_)
                | Action::OpenPath(_)
                | Action::SavePath(_)
                | Action::Focus(_)
                | Action::Reach(_)
                | Action::Define(_)
                | Action::Export(_)
                | Action::Table(_)
                | Action::Layout(_)
                | Action::Library(_)
                | Action::Advice(_)
                | Action::Journal(_)
                | Action::Pack(_)
                | Action::Notify(_) => {}
            }
        }
        self.session.refresh(&self.workspace);
    }

    /// Changes the what-if from outside the panels.
    pub fn what_if(&mut self, edit: WhatIfEdit) {
        self.apply(vec![Action::WhatIf(edit)]);
    }
}

/// A harness around one panel of a session.
pub fn harness(
    size: [f32; 2],
    theme: Theme,
    panel: Panel,
    host: WhatIfHost,
) -> Harness<'static, WhatIfHost> {
    let mut harness = support::harness_state(
        size,
        theme,
        move |ui, host: &mut WhatIfHost| host.show(ui, panel),
        host,
    );
    harness.run();
    harness
}
