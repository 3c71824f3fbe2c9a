//! Where things stand in the JSON bodies of an API.

/// The most places that an envelope may have, the body itself and the objects on the way among them:
/// what was found at each is kept on the stack.
#[doc(hidden)]
pub const MOST_PLACES: usize = 32;

/// Where things stand in the JSON bodies of an API.
///
/// A tree, flat and depth first, of which the first place is the body itself. The generator builds
/// one, too, to write the bodies that pages show.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Envelope<'a> {
    /// At most [`MOST_PLACES`]; none for bodies of which nothing is known.
    pub places: &'a [Place<'a>],
    /// Where to look for each role, the preferred place first.
    pub read: &'a [(Role<'a>, u8)],
    /// Which rules the format of the bodies has of its own.
    pub format: Format,
}

/// One place in a body.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    pub step: Step<'a>,
    /// What is written before the value of a member: its name as a JSON string, and a colon.
    pub key: &'a str,
    /// The index after the last place inside of this one.
    pub end: u8,
    /// What is written here.
    pub written: Option<Role<'a>>,
    /// Whether what stands here is looked at as a whole, and not only what is inside of it.
    pub looked_at: bool,
}

/// How a place is reached from the one that it is in.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<'a> {
    /// As the member of this name; the body itself has the empty one.
    Member(&'a str),
    /// As the first item of a list.
    First,
    /// Not at all: the members of the details are written here, among the others.
    Beside,
}

/// What stands at a place.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role<'a> {
    /// Always this JSON text.
    Constant(&'a str),
    Code,
    Message,
    Status,
    Details,
    Reference,
    Title,
    DocsUrl,
}

/// Which rules the format of the bodies has of its own.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// None: JSON.
    Json,
    /// Problem details (RFC 9457).
    Problem,
}

#[cfg(feature = "json")]
impl Format {
    /// The media type of bodies.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Problem => "application/problem+json",
        }
    }
}

impl Envelope<'_> {
    /// Nothing is known of the bodies.
    pub const EMPTY: Self = Self {
        places: &[],
        read: &[],
        format: Format::Json,
    };
}

#[cfg(feature = "json")]
impl<'a> Envelope<'a> {
    /// Whether a place is that of the type of problem details.
    pub(crate) fn is_problem_type(&self, at: usize) -> bool {
        let is_type = |place: &Place<'_>| place.step == Step::Member("type");
        self.format == Format::Problem
            && self.places.get(at).is_some_and(is_type)
            && self.inside(0).any(|(index, _)| index == at)
    }

    /// The places that are directly in another one.
    pub(crate) fn inside(&self, at: usize) -> impl Iterator<Item = (usize, &'a Place<'a>)> {
        let end = self
            .places
            .get(at)
            .map_or(0, |place| usize::from(place.end));
        self.between(at + 1, end)
    }

    /// The places from one on to an end, without those that are inside of them.
    #[inline]
    pub(crate) fn between(
        &self,
        mut next: usize,
        end: usize,
    ) -> impl Iterator<Item = (usize, &'a Place<'a>)> {
        let places = self.places;
        core::iter::from_fn(move || {
            let index = next;
            let place = places.get(index).filter(|_| index < end)?;
            next = usize::from(place.end);
            Some((index, place))
        })
    }

    /// The members' names on the way to a place.
    pub(crate) fn path(&self, at: usize) -> alloc::vec::Vec<alloc::borrow::Cow<'a, str>> {
        let on_the_way = |(index, place): &(usize, &Place<'_>)| {
            *index > 0 && (*index..usize::from(place.end)).contains(&at)
        };
        let places = self.places.iter().enumerate().filter(on_the_way);
        places
            .filter_map(|(_, place)| match place.step {
                Step::Member(name) => Some(name.into()),
                Step::First => Some("0".into()),
                Step::Beside => None,
            })
            .collect()
    }

    /// Whether the members of the details stand among others at a place, and the envelope names none of
    /// them, as it does where it looks for details further in, too.
    pub(crate) fn has_unnamed_details(&self, at: usize) -> bool {
        let is_inside = |other: usize| {
            let end = self.places.get(at).map_or(0, |place| place.end);
            (at + 1..usize::from(end)).contains(&other)
        };
        self.inside(at).any(|(_, place)| place.step == Step::Beside)
            && !self.places_of(Role::Details).any(is_inside)
    }

    /// Whether other things have places inside of one.
    pub(crate) fn holds_others(&self, at: usize) -> bool {
        self.inside(at).next().is_some()
    }

    /// The text of details without the members of the envelope that they stand among, if they do.
    pub(crate) fn without_its_members<'t>(
        &self,
        at: usize,
        json: &'t str,
    ) -> alloc::borrow::Cow<'t, str> {
        let is_ours = |name: crate::scan::Quoted<'_>| {
            let mut inside = self.inside(at);
            inside.any(|(_, place)| matches!(place.step, Step::Member(own) if name.is(own)))
        };
        if !self.holds_others(at) {
            return json.into();
        }
        crate::set::without(json, &is_ours).map_or(json.into(), Into::into)
    }

    /// Where to look for a role, the preferred place first.
    pub(crate) fn places_of(&self, role: Role<'a>) -> impl Iterator<Item = usize> {
        let read = self.read;
        read.iter()
            .filter(move |(other, _)| *other == role)
            .map(|(_, at)| usize::from(*at))
    }
}
