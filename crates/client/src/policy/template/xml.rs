//! Elements of XML, indented. Everything that is not a name goes through [`escaped`].

/// One element with what is in it.
#[derive(Clone, Debug)]
pub(super) struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    inner: Inner,
}

/// What is in an element.
#[derive(Clone, Debug)]
enum Inner {
    Elements(Vec<Element>),
    Text(String),
}

impl Element {
    /// An element with nothing in it.
    pub(super) const fn new(name: &'static str) -> Self {
        Self {
            name,
            attributes: Vec::new(),
            inner: Inner::Elements(Vec::new()),
        }
    }

    /// The same with one more attribute.
    #[must_use]
    pub(super) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.attributes.push((name, value.into()));
        self
    }

    /// The same with these elements in it.
    #[must_use]
    pub(super) fn holding(mut self, elements: impl IntoIterator<Item = Self>) -> Self {
        self.inner = Inner::Elements(elements.into_iter().collect());
        self
    }

    /// The same with this text in it.
    #[must_use]
    pub(super) fn saying(mut self, text: impl Into<String>) -> Self {
        self.inner = Inner::Text(text.into());
        self
    }

    /// A whole document.
    pub(super) fn document(&self) -> String {
        let mut out = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n".to_owned();
        self.write(&mut out, 0);
        out
    }

    fn write(&self, out: &mut String, depth: usize) {
        let indent = "  ".repeat(depth);
        let attributes = self
            .attributes
            .iter()
            .map(|(name, value)| format!(" {name}=\"{}\"", escaped(value)));
        let head = format!("{indent}<{}{}", self.name, attributes.collect::<String>());
        out.push_str(&head);
        match &self.inner {
            Inner::Elements(elements) if elements.is_empty() => out.push_str("/>\n"),
            Inner::Elements(elements) => {
                out.push_str(">\n");
                elements.iter().for_each(|element| element.write(out, depth + 1));
                out.push_str(&format!("{indent}</{}>\n", self.name));
            }
            Inner::Text(text) => out.push_str(&format!(">{}</{}>\n", escaped(text), self.name)),
        }
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_means_something_in_xml_is_written_so_that_it_does_not() {
        let element = Element::new("a")
            .with("b", "\"<&")
            .holding([Element::new("c").saying("1 < 2 && 3 > 2"), Element::new("d")]);
        assert_eq!(
            element.document(),
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<a b=\"&quot;&lt;&amp;\">\n  \
             <c>1 &lt; 2 &amp;&amp; 3 &gt; 2</c>\n  <d/>\n</a>\n"
        );
    }
}
