//! `view!` and `reply!`: typed access to the few members a handler uses.
//!
//! A view is a struct of borrowed fields, each bound to a member of AWS's model. The compiler looks the
//! member up in the table: a name that the model lacks does not compile, nor does a type that the
//! member's shape cannot hold, nor a field without `Option` for a member that may be absent.
//!
//! ```
//! use wire::{Value, tables::ecs, view};
//!
//! view! {
//!     /// What RunTask is asked.
//!     RunTask : ecs::RUN_TASK_REQUEST {
//!         cluster:         Option<&'a str> = "cluster",
//!         task_definition: &'a str         = "taskDefinition",
//!         tags:            Vec<Tag<'a>>    = "tags",
//!     }
//!     /// One tag.
//!     Tag : ecs::TAG {
//!         key: Option<&'a str> = "key",
//!     }
//! }
//! let run = |request: &Value| RunTask::from(request).tags.len();
//! # assert_eq!(run(&wire::reply!(ecs::RUN_TASK_REQUEST { "taskDefinition": "web" })), 0);
//! ```
//!
//! A member that the model lacks, a field of another kind and a forgotten `Option` do not compile:
//! ```compile_fail
//! wire::view! { RunTask : wire::tables::ecs::RUN_TASK_REQUEST { cluster: Option<&'a str> = "clusterx" } }
//! ```
//! ```compile_fail
//! wire::view! { RunTask : wire::tables::ecs::RUN_TASK_REQUEST { cluster: Option<i64> = "cluster" } }
//! ```
//! ```compile_fail
//! wire::view! { RunTask : wire::tables::ecs::RUN_TASK_REQUEST { cluster: &'a str = "cluster" } }
//! ```
//!
//! A view is read from a value that `check` has passed: the decoder made it of the shape, and `check`
//! refused it if a required member was absent.

use crate::shape::Kind;
use crate::value::{Members, Value};

/// A type that a member can be read as.
pub trait Read<'a>: Sized {
    /// The kinds it can hold, as bits of [`Kind::bit`].
    const KINDS: u16;
    /// Whether it can say that the member is absent.
    const OPTIONAL: bool = false;

    /// Reads a member's value; `None` when the member is absent.
    ///
    /// # Panics
    /// If the value was not checked against its shape.
    fn read(value: Option<&'a Value>) -> Self;
}

/// Why an unwrapped reading holds.
const CHECKED: &str = "the value was checked against its shape before it was viewed";

macro_rules! read {
    ($($type:ty: $($kind:ident)|+, $as:ident;)*) => { $(
        impl<'a> Read<'a> for $type {
            const KINDS: u16 = $(Kind::$kind.bit())|+;

            fn read(value: Option<&'a Value>) -> Self {
                value.and_then(Value::$as).expect(CHECKED)
            }
        }
    )* };
}

read! {
    &'a str: String, as_str;
    f64: Integer | Long | Float | Double, as_f64;
    bool: Boolean, as_bool;
    &'a [u8]: Blob, as_blob;
    &'a Members: Structure | Union | Map, as_map;
}

/// A whole number; a moment reads as milliseconds since 1970.
impl<'a> Read<'a> for i64 {
    const KINDS: u16 = Kind::Integer.bit() | Kind::Long.bit() | Kind::Timestamp.bit();

    fn read(value: Option<&'a Value>) -> Self {
        value.and_then(|value| value.as_i64().or_else(|| value.as_time())).expect(CHECKED)
    }
}

impl<'a> Read<'a> for &'a Value {
    const KINDS: u16 = u16::MAX;

    fn read(value: Option<&'a Value>) -> Self {
        value.expect(CHECKED)
    }
}

/// An absent list reads as an empty one; `Option<&[Value]>` tells them apart.
impl<'a> Read<'a> for &'a [Value] {
    const KINDS: u16 = Kind::List.bit();
    const OPTIONAL: bool = true;

    fn read(value: Option<&'a Value>) -> Self {
        value.map_or(&[], |value| value.as_list().expect(CHECKED))
    }
}

/// A list read entry by entry; absent is empty.
impl<'a, T: Read<'a>> Read<'a> for Vec<T> {
    const KINDS: u16 = Kind::List.bit();
    const OPTIONAL: bool = true;

    fn read(value: Option<&'a Value>) -> Self {
        <&[Value]>::read(value).iter().map(|entry| T::read(Some(entry))).collect()
    }
}

impl<'a, T: Read<'a>> Read<'a> for Option<T> {
    const KINDS: u16 = T::KINDS;
    const OPTIONAL: bool = true;

    fn read(value: Option<&'a Value>) -> Self {
        value.filter(|value| **value != Value::Null).map(|value| T::read(Some(value)))
    }
}

/// Structs that read named members of a shape; see the module's documentation.
#[macro_export]
macro_rules! view {
    ($($(#[$about:meta])* $seen:vis $name:ident : $shape:path {
        $($(#[$doc:meta])* $field:ident : $type:ty = $member:literal),* $(,)?
    })+) => { $(
        $(#[$about])*
        #[derive(Clone, Debug)]
        $seen struct $name<'a> {
            $($(#[$doc])* $seen $field: $type,)*
            #[doc(hidden)]
            $seen _lifetime: ::std::marker::PhantomData<&'a ()>,
        }

        $(const _: () = {
            type Field<'a> = $type;
            $shape.assert_readable(
                $member,
                <Field<'static> as $crate::view::Read<'static>>::KINDS,
                <Field<'static> as $crate::view::Read<'static>>::OPTIONAL,
            )
        };)*

        impl<'a> From<&'a $crate::Value> for $name<'a> {
            fn from(value: &'a $crate::Value) -> Self {
                <Self as $crate::view::Read<'a>>::read(Some(value))
            }
        }

        impl<'a> $crate::view::Read<'a> for $name<'a> {
            const KINDS: u16 = $crate::shape::Kind::Structure.bit() | $crate::shape::Kind::Union.bit();

            fn read(value: Option<&'a $crate::Value>) -> Self {
                let _members = <&'a $crate::value::Members as $crate::view::Read<'a>>::read(value);
                $name {
                    $($field: <$type as $crate::view::Read<'a>>::read(_members.get($member)),)*
                    _lifetime: ::std::marker::PhantomData,
                }
            }
        }
    )+ };
}

/// A value of a shape from members in the order given: `reply!(ecs::TASK { "taskArn": arn, "cpu": cpu })`.
/// Every value goes through `Value::from`; `None` leaves its member out. A member that the shape does not
/// have does not compile.
#[macro_export]
macro_rules! reply {
    ($shape:path {}) => { $crate::Value::map() };
    ($shape:path { $($member:literal : $value:expr),+ $(,)? }) => {{
        $(const _: () = $shape.assert_member($member);)+
        let mut members = $crate::value::Members::new();
        $(members.put($member, $value);)+
        $crate::Value::Map(members)
    }};
}
