//! The types that details are made of, but for structs.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::ser::Serialize;

use crate::details::Misfit;
use crate::json::{Any, Optional};
use crate::object::{
    Member, Other, Part, View, close, found, one_level_less, push_member, unexpected,
};
use crate::scan::Scanner;
use crate::write::{push_number, push_text};

impl Other for bool {
    fn blank() -> Self {
        false
    }

    fn read(&mut self, json: &mut Scanner<'_>, _: u8) -> Result<(), Misfit> {
        *self = match json.value()? {
            "true" => true,
            "false" => false,
            other => return Err(found("true or false", other)),
        };
        Ok(())
    }

    fn fits(&self, json: &mut Scanner<'_>, _: u8) -> bool {
        matches!(json.value(), Ok("true" | "false"))
    }

    fn write(&self, out: &mut String) {
        out.push_str(if *self { "true" } else { "false" });
    }

    fn text(&self) -> Option<Cow<'_, str>> {
        Some(if *self { "true" } else { "false" }.into())
    }
}

macro_rules! integers {
    ($($integer:ident)*) => {
        $(
            impl Other for $integer {
                fn blank() -> Self {
                    0
                }

                fn read(&mut self, json: &mut Scanner<'_>, _: u8) -> Result<(), Misfit> {
                    let text = json.value()?;
                    *self = text.parse().map_err(|_| found(stringify!($integer), text))?;
                    Ok(())
                }

                fn fits(&self, json: &mut Scanner<'_>, _: u8) -> bool {
                    json.value().is_ok_and(|text| text.parse::<Self>().is_ok())
                }

                fn write(&self, out: &mut String) {
                    push_number(out, (*self).into());
                }

                fn text(&self) -> Option<Cow<'_, str>> {
                    Some(self.to_string().into())
                }
            }
        )*
    };
}

integers! { u32 u64 i64 }

impl Other for f64 {
    fn blank() -> Self {
        0.0
    }

    fn read(&mut self, json: &mut Scanner<'_>, _: u8) -> Result<(), Misfit> {
        let text = json.value()?;
        *self = serde_json::from_str(text).map_err(|_| found("f64", text))?;
        Ok(())
    }

    fn fits(&self, json: &mut Scanner<'_>, _: u8) -> bool {
        json.value()
            .is_ok_and(|text| serde_json::from_str::<Self>(text).is_ok())
    }

    fn write(&self, out: &mut String) {
        push_serialized(out, self);
    }

    /// As in JSON.
    fn text(&self) -> Option<Cow<'_, str>> {
        serde_json::to_string(self).ok().map(Cow::Owned)
    }
}

impl Other for String {
    fn blank() -> Self {
        Self::new()
    }

    fn read(&mut self, json: &mut Scanner<'_>, _: u8) -> Result<(), Misfit> {
        if json.peek() != b'"' {
            return Err(unexpected("a string", json));
        }
        let quoted = json.string()?;
        let text = quoted
            .text()
            .ok_or_else(|| found("a string", &quoted.json()))?;
        *self = text.into_owned();
        Ok(())
    }

    fn fits(&self, json: &mut Scanner<'_>, _: u8) -> bool {
        json.string().is_ok_and(|quoted| quoted.text().is_some())
    }

    fn write(&self, out: &mut String) {
        push_text(out, self);
    }

    fn text(&self) -> Option<Cow<'_, str>> {
        Some(self.into())
    }
}

impl Other for Any {
    fn blank() -> Self {
        Self::Null
    }

    fn read(&mut self, json: &mut Scanner<'_>, _: u8) -> Result<(), Misfit> {
        let read = serde_json::from_str(json.value()?);
        *self = read.map_err(|error| Misfit::new(error.to_string()))?;
        Ok(())
    }

    fn fits(&self, json: &mut Scanner<'_>, _: u8) -> bool {
        json.pass().is_ok()
    }

    fn write(&self, out: &mut String) {
        push_serialized(out, self);
    }
}

impl<T: Member> Other for Vec<T> {
    fn blank() -> Self {
        Self::new()
    }

    fn read(&mut self, json: &mut Scanner<'_>, levels: u8) -> Result<(), Misfit> {
        let levels = one_level_less(levels)?;
        if json.peek() != b'[' {
            return Err(unexpected("a list", json));
        }
        self.clear();
        let mut more = json.open(b']');
        while more {
            let mut item = T::blank();
            let read = part(&mut item).read(json, levels);
            read.map_err(|misfit| misfit.within(self.len()))?;
            self.push(item);
            more = json.more(b']')?;
        }
        Ok(())
    }

    fn fits(&self, json: &mut Scanner<'_>, levels: u8) -> bool {
        let Ok(levels) = one_level_less(levels) else {
            return false;
        };
        let item = T::blank();
        if json.peek() != b'[' {
            return false;
        }
        let mut more = json.open(b']');
        while more {
            if !view(&item).fits(json, levels) {
                return false;
            }
            more = matches!(json.more(b']'), Ok(true));
        }
        true
    }

    fn write(&self, out: &mut String) {
        let mut before = '[';
        for item in self {
            out.push(before);
            view(item).write(out);
            before = ',';
        }
        close(out, before, ['[', ']']);
    }
}

impl<T: Member> Other for BTreeMap<String, T> {
    fn blank() -> Self {
        Self::new()
    }

    fn read(&mut self, json: &mut Scanner<'_>, levels: u8) -> Result<(), Misfit> {
        let levels = one_level_less(levels)?;
        if json.peek() != b'{' {
            return Err(unexpected("an object", json));
        }
        self.clear();
        let mut more = json.open(b'}');
        while more {
            let name = json.name()?;
            let name = name.text().ok_or_else(|| found("a name", &name.json()))?;
            let mut value = T::blank();
            let read = part(&mut value).read(json, levels);
            read.map_err(|misfit| misfit.within(&name))?;
            self.insert(name.into_owned(), value);
            more = json.more(b'}')?;
        }
        Ok(())
    }

    fn fits(&self, json: &mut Scanner<'_>, levels: u8) -> bool {
        let Ok(levels) = one_level_less(levels) else {
            return false;
        };
        let value = T::blank();
        if json.peek() != b'{' {
            return false;
        }
        let mut more = json.open(b'}');
        while more {
            let name = json.name().is_ok_and(|name| name.text().is_some());
            if !name || !view(&value).fits(json, levels) {
                return false;
            }
            more = matches!(json.more(b'}'), Ok(true));
        }
        true
    }

    fn write(&self, out: &mut String) {
        let mut before = '{';
        for (name, value) in self {
            out.push(before);
            push_member(out, name, value);
            before = ',';
        }
        close(out, before, ['{', '}']);
    }
}

impl<T: Member> Other for Option<T> {
    fn blank() -> Self {
        None
    }

    fn read(&mut self, json: &mut Scanner<'_>, levels: u8) -> Result<(), Misfit> {
        *self = if is_null(json) {
            None
        } else {
            let mut value = T::blank();
            part(&mut value).read(json, levels)?;
            Some(value)
        };
        Ok(())
    }

    fn fits(&self, json: &mut Scanner<'_>, levels: u8) -> bool {
        is_null(json) || view(&T::blank()).fits(json, levels)
    }

    fn write(&self, out: &mut String) {
        match self {
            Some(value) => view(value).write(out),
            None => out.push_str("null"),
        }
    }
}

impl<T: Member> Other for Box<T> {
    fn blank() -> Self {
        Self::new(T::blank())
    }

    fn is_optional(&self) -> bool {
        view(&**self).is_optional()
    }

    fn is_absent(&self) -> bool {
        view(&**self).is_absent()
    }

    fn read(&mut self, json: &mut Scanner<'_>, levels: u8) -> Result<(), Misfit> {
        part(&mut **self).read(json, levels)
    }

    fn fits(&self, json: &mut Scanner<'_>, levels: u8) -> bool {
        view(&**self).fits(json, levels)
    }

    fn write(&self, out: &mut String) {
        view(&**self).write(out);
    }

    fn text(&self) -> Option<Cow<'_, str>> {
        view(&**self).text().map(Cow::Owned)
    }
}

impl<T: Member> Other for Optional<T> {
    fn blank() -> Self {
        Self::Absent
    }

    fn is_optional(&self) -> bool {
        true
    }

    fn is_absent(&self) -> bool {
        self.is_absent()
    }

    fn read(&mut self, json: &mut Scanner<'_>, levels: u8) -> Result<(), Misfit> {
        let mut value = None;
        Option::<T>::read(&mut value, json, levels)?;
        *self = value.map_or(Self::Null, Self::Value);
        Ok(())
    }

    fn fits(&self, json: &mut Scanner<'_>, levels: u8) -> bool {
        None::<T>.fits(json, levels)
    }

    fn write(&self, out: &mut String) {
        match self {
            Self::Value(value) => view(value).write(out),
            Self::Absent | Self::Null => out.push_str("null"),
        }
    }

    fn text(&self) -> Option<Cow<'_, str>> {
        view(self.as_ref()?).text().map(Cow::Owned)
    }
}

fn view<'a>(value: &'a (impl Member + 'a)) -> &'a dyn View {
    value
}

fn part<'a>(value: &'a mut (impl Member + 'a)) -> &'a mut dyn Part {
    value
}

/// Passes over `null`, if it comes next.
fn is_null(json: &mut Scanner<'_>) -> bool {
    json.peek() == b'n' && json.pass().is_ok()
}

/// Appends what `serde_json` makes of a value; of what has no JSON text, such as NaN, `null`.
fn push_serialized(out: &mut String, value: &impl Serialize) {
    match serde_json::to_string(value) {
        Ok(json) => out.push_str(&json),
        Err(_) => out.push_str("null"),
    }
}
