//! XML as a client reads it.

use quick_xml::Reader;
use quick_xml::events::Event;

#[derive(Clone, Debug, Default)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) text: String,
    pub(crate) children: Vec<Element>,
}

impl Element {
    /// The root of a document.
    pub(crate) fn parse(body: &[u8]) -> Result<Element, String> {
        let text = std::str::from_utf8(body).map_err(|error| error.to_string())?;
        let mut reader = Reader::from_str(text);
        let mut stack = vec![Element::default()];
        loop {
            let event = reader.read_event().map_err(|error| format!("no XML: {error}: {text}"))?;
            let top = stack.last_mut().expect("the root stays");
            match event {
                Event::Start(start) => stack.push(open(&start)?),
                Event::Empty(start) => top.children.push(open(&start)?),
                Event::End(_) => {
                    let done = stack.pop().expect("the reader checks the ends");
                    stack.last_mut().expect("the root stays").children.push(done);
                }
                Event::Text(part) => top.text.push_str(&part.xml10_content()),
                Event::CData(part) => top.text.push_str(&part),
                Event::GeneralRef(reference) => {
                    let letter = reference.resolve_char_ref().map_err(|error| error.to_string())?;
                    let named =
                        quick_xml::escape::resolve_predefined_entity(&reference).unwrap_or("?");
                    match letter {
                        Some(letter) => top.text.push(letter),
                        None => top.text.push_str(named),
                    }
                }
                Event::Eof => break,
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            }
        }
        let root = stack.pop().expect("the root stays");
        Ok(root.children.into_iter().next().unwrap_or_default())
    }
}

fn open(start: &quick_xml::events::BytesStart<'_>) -> Result<Element, String> {
    let local = |name: &str| name.rsplit(':').next().unwrap_or_default().to_owned();
    let mut element = Element { name: local(start.name().as_ref()), ..Element::default() };
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        let name: &str = attribute.key.as_ref();
        element.attributes.push((name.to_owned(), attribute.value.to_string()));
    }
    Ok(element)
}
