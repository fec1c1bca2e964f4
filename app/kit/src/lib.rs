//! The design system: components and browser hooks. Knows no word of the clinic, imports no slice.
//!
//! Every component renders complete on the server and works before hydration as far as HTML allows; the browser only adds.
//! Looks live in `style/` (one file per component); a component says what it is with a class and `data-*`, never how it looks.

pub mod action;
pub mod form;
pub mod grid;
pub mod hook;
pub mod layer;
pub mod list;
pub mod paint;
pub mod place;
pub mod show;
pub mod state;
pub mod ui;

mod tone;

pub use tone::Tone;

/// Everything a page needs: `use kit::prelude::*;`.
pub mod prelude {
    pub use crate::Tone;
    pub use crate::action::{Button, ButtonKind, ButtonSize, ButtonType, IconButton, LinkButton};
    pub use crate::form::{
        Checkbox, Choice, ChoiceLayout, ErrorSummary, Field, FieldGroup, FieldProblem, FormRow, RadioGroup, Select,
        TextArea, field_id,
    };
    pub use crate::grid::{BlockLook, GridBlock, GridColumn, GridMove, MonthDay, MonthGrid, TimeGrid};
    pub use crate::hook::use_hydrated;
    pub use crate::layer::{Dialog, DialogLink, Menu, MenuLink, ToastArea, Toasts, provide_toasts, use_toasts};
    pub use crate::list::{Align, Cell, Column, DataTable, Definition, DefinitionList, Pager, Row};
    pub use crate::paint::{PaintGrid, PaintLook};
    pub use crate::place::{Card, PageHeader, Section, TabLink, Tabs};
    pub use crate::show::{Avatar, AvatarSize, Icon, LocalTime, Mark, Scene, TimeParts};
    pub use crate::state::{
        Badge, Banner, Countdown, EmptyState, Lasting, LoadFailed, Progress, Ring, Skeleton, SkeletonKind, StateChip,
        Step, StepState, Steps, anew,
    };
}
