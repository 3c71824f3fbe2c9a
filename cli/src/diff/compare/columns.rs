//! `[column.name]`: the columns that a catalog declares.

use errbook_codegen::model::{Catalog, Column, ColumnKind, Variant};

use crate::diff::change::{Change, Subject, Title, code};
use crate::diff::compare::pairing::pairs;
use crate::diff::compare::recorder::{ChangeRecorder, order};
use crate::diff::kind::ChangeKind;

pub(super) fn compare(changes: &mut Vec<Change>, old: &Catalog, new: &Catalog) {
    let pairs = pairs(&old.columns, &new.columns, |column| &column.key);
    for [old, new] in pairs.items {
        let [old, new] = [old, new].map(|side| side.map(|(_, column)| column));
        let Some(column) = new.or(old) else { continue };
        let keys = ["column", column.key.as_str()];
        let mut recorder = ChangeRecorder::new(changes, Subject::Column(column.key.clone()), &keys);
        let shown = [old, new].map(|side| side.map(|column| code(type_of(column))));
        match [old, new] {
            [Some(old), Some(new)] => both(&mut recorder, old, new),
            [None, _] => recorder.push(ChangeKind::ColumnAdded, "column added", &[], shown),
            [_, None] => recorder.push(ChangeKind::ColumnRemoved, "column removed", &[], shown),
        }
    }
    if pairs.reordered {
        order(changes, "order of the columns", &["column"]);
    }
}

/// The type as a catalog writes it.
fn type_of(column: &Column) -> String {
    let optional = if column.optional { "?" } else { "" };
    match &column.kind {
        ColumnKind::Type(ty) => format!("{ty}{optional}"),
        ColumnKind::Names { variants, .. } => format!("{}{optional}", names(variants)),
    }
}

fn names(variants: &[Variant]) -> String {
    let names = variants.iter().map(|variant| variant.name.as_str());
    format!("[{}]", names.collect::<Vec<_>>().join(", "))
}

fn both(recorder: &mut ChangeRecorder<'_>, old: &Column, new: &Column) {
    match (&old.kind, &new.kind) {
        (ColumnKind::Names { .. }, ColumnKind::Names { .. }) if old.optional == new.optional => {}
        (old_kind, new_kind) if old_kind == new_kind && old.optional == new.optional => {}
        _ => {
            let shown = [old, new].map(|column| Some(code(type_of(column))));
            recorder.push(ChangeKind::ColumnType, "type", &["type"], shown);
        }
    }
    if let (
        ColumnKind::Names {
            rust_name: old_name,
            variants: old_variants,
        },
        ColumnKind::Names {
            rust_name: new_name,
            variants: new_variants,
        },
    ) = (&old.kind, &new.kind)
    {
        let title = "name in Rust of the enum";
        let enums = [Some(old_name.as_str()), Some(new_name.as_str())];
        recorder.word(ChangeKind::RustName, title, &["rust-name"], enums);
        variants(recorder, old_variants, new_variants);
    }
    let names = [Some(old.rust_name.as_str()), Some(new.rust_name.as_str())];
    recorder.word(ChangeKind::RustName, "name in Rust", &["rust-name"], names);
    let titles = [Some(old.title.as_str()), Some(new.title.as_str())];
    recorder.text(ChangeKind::ColumnText, "title", &["title"], titles);
    let texts = [old.description.as_deref(), new.description.as_deref()];
    recorder.text(
        ChangeKind::ColumnText,
        "description",
        &["description"],
        texts,
    );
}

fn variants(recorder: &mut ChangeRecorder<'_>, old: &[Variant], new: &[Variant]) {
    let pairs = pairs(old, new, |variant| &variant.name);
    for [old, new] in pairs.items {
        let Some((_, variant)) = new.or(old) else {
            continue;
        };
        let shown = [old, new].map(|side| side.map(|(_, variant)| code(&variant.name)));
        match [old, new] {
            [None, _] => recorder.push(ChangeKind::ColumnNameAdded, "name added", &["type"], shown),
            [_, None] => recorder.push(
                ChangeKind::ColumnNameRemoved,
                "name removed",
                &["type"],
                shown,
            ),
            [Some((_, old)), Some((_, new))] => {
                let names = [Some(old.rust_name.as_str()), Some(new.rust_name.as_str())];
                let title = Title::of("name in Rust of ", &variant.name, "");
                recorder.word(ChangeKind::RustName, title, &["type"], names);
            }
        }
    }
    if pairs.reordered {
        let shown = [old, new].map(|variants| Some(code(names(variants))));
        let title = "order of the names";
        recorder.push(ChangeKind::ColumnNamesOrder, title, &["type"], shown);
    }
}
