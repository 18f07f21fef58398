//! From a request's method and path to what is asked for.

use super::reply::{Reply, Request};

/// What the endpoints for tasks serve.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Route {
    /// Credentials by their id; `None` where the request has none.
    Credentials {
        /// 1 or 2, of the path.
        version: u8,
        /// The id.
        id: Option<String>,
    },
    /// The caller's task, known by its address alone.
    Own(Own),
    /// A container's or its task's metadata, by the container's id.
    Metadata {
        /// 3 or 4.
        version: u8,
        /// The id.
        id: String,
        /// What of it.
        what: Metadata,
    },
    /// Whether the task of the container with the id is protected, or that it is to be.
    Protection {
        /// The id.
        id: String,
        /// A PUT.
        is_update: bool,
    },
}

/// Paths of version 2, which carry no id of the caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Own {
    /// The task.
    Task {
        /// And tags.
        with_tags: bool,
    },
    /// A container by its engine's id.
    Container(String),
    /// Statistics of all containers.
    Stats,
    /// Of one, by its engine's id.
    ContainerStats(String),
}

/// Paths of versions 3 and 4 below a container's id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Metadata {
    /// The container.
    Container,
    /// Its task.
    Task {
        /// And tags.
        with_tags: bool,
    },
    /// The container's statistics.
    Stats,
    /// Of all of the task's containers.
    TaskStats,
    /// Devices of a kind; those of a name if there is one.
    Associations(String, Option<String>),
}

impl Route {
    /// What `request` asks for.
    ///
    /// # Errors
    /// The reply to what is not served.
    pub(super) fn of(request: &Request) -> Result<Self, Reply> {
        let path = request.path.trim_end_matches('/');
        let parts: Vec<&str> = path.split('/').skip(1).collect();
        let route = Self::by_path(request, &parts).ok_or_else(|| not_found(&request.path))?;
        let method = request.method.as_str();
        match (&route, method) {
            (Self::Protection { .. }, "GET" | "PUT") | (_, "GET") => Ok(route),
            _ => Err(Reply::words(405, format!("method `{method}` is not served on this path"))),
        }
    }

    fn by_path(request: &Request, parts: &[&str]) -> Option<Self> {
        let own = |what| Some(Self::Own(what));
        match *parts {
            ["v1", "credentials"] => {
                let id = request.parameter("id").filter(|id| !id.is_empty());
                Some(Self::Credentials { version: 1, id })
            }
            ["v2", "credentials"] => Some(Self::Credentials { version: 2, id: None }),
            ["v2", "credentials", id] => {
                Some(Self::Credentials { version: 2, id: Some(id.to_owned()) })
            }
            ["v2", "metadata"] => own(Own::Task { with_tags: false }),
            ["v2", "metadataWithTags"] => own(Own::Task { with_tags: true }),
            ["v2", "metadata", id] => own(Own::Container(id.to_owned())),
            ["v2", "stats"] => own(Own::Stats),
            ["v2", "stats", id] => own(Own::ContainerStats(id.to_owned())),
            ["v3", id, ref rest @ ..] => Self::metadata(3, id, rest),
            ["v4", id, ref rest @ ..] => Self::metadata(4, id, rest),
            ["api", id, "task-protection", "v1", "state"] => {
                Some(Self::Protection { id: id.to_owned(), is_update: request.method == "PUT" })
            }
            _ => None,
        }
    }

    fn metadata(version: u8, id: &str, rest: &[&str]) -> Option<Self> {
        let what = match *rest {
            [] => Metadata::Container,
            ["task"] => Metadata::Task { with_tags: false },
            ["taskWithTags"] => Metadata::Task { with_tags: true },
            ["stats"] => Metadata::Stats,
            ["task", "stats"] => Metadata::TaskStats,
            ["associations", kind] => Metadata::Associations(kind.to_owned(), None),
            ["associations", kind, name] => {
                Metadata::Associations(kind.to_owned(), Some(name.to_owned()))
            }
            _ => return None,
        };
        Some(Self::Metadata { version, id: id.to_owned(), what })
    }

    /// Whether the answer needs samples of what containers use.
    pub(super) fn needs_samples(&self) -> bool {
        matches!(
            self,
            Self::Own(Own::Stats | Own::ContainerStats(_))
                | Self::Metadata { what: Metadata::Stats | Metadata::TaskStats, .. }
        )
    }

    /// Whether the answer needs the tags of task and instance.
    pub(super) fn needs_tags(&self) -> bool {
        matches!(
            self,
            Self::Own(Own::Task { with_tags: true })
                | Self::Metadata { what: Metadata::Task { with_tags: true }, .. }
        )
    }

    /// Whether the answer has what only tasks of Fargate are told.
    pub(super) fn is_more_on_fargate(&self) -> bool {
        matches!(self, Self::Metadata { version: 4, what: Metadata::Task { .. }, .. })
    }
}

/// The reply to a path that is not served.
pub(super) fn not_found(path: &str) -> Reply {
    let is_fault = path.contains("/fault/v1/");
    if is_fault {
        let text = "fault injection is not served by Longshore yet";
        return Reply::json(501, &serde_json::json!({ "Error": text }));
    }
    Reply::words(404, "404 page not found")
}
