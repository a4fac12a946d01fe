using System.Text;
using System.Xml;

namespace Reasoner.Rdf;

/// <summary>
/// Turns an element's content into text by Exclusive XML Canonicalization 1.0 with comments, which gives an
/// rdf:XMLLiteral one form whatever the prefixes declared around it.
/// </summary>
internal sealed class ExclusiveXml(XmlReader xml, int maxDepth)
{
    private readonly StringBuilder _text = new();
    private readonly List<(string Prefix, string Space)> _declared = [("", ""), ("xml", "http://www.w3.org/XML/1998/namespace")];

    /// <summary>Reads from an element's start to its end. Null if its content nests too deep.</summary>
    public string? ReadContent()
    {
        var open = new Stack<(string Name, int Declared)>();
        while (xml.Read())
        {
            switch (xml.NodeType)
            {
                case XmlNodeType.Element:
                    if (open.Count >= maxDepth) return null;
                    var (name, isEmpty, declared) = (xml.Name, xml.IsEmptyElement, _declared.Count);
                    StartElement();
                    if (isEmpty) EndElement(name, declared);
                    else open.Push((name, declared));
                    break;
                case XmlNodeType.EndElement:
                    if (!open.TryPop(out var ended)) return _text.ToString();
                    EndElement(ended.Name, ended.Declared);
                    break;
                case XmlNodeType.Comment:
                    _text.Append("<!--").Append(xml.Value).Append("-->");
                    break;
                case XmlNodeType.ProcessingInstruction:
                    _text.Append("<?").Append(xml.Name).Append(xml.Value.Length > 0 ? " " : "").Append(xml.Value).Append("?>");
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                    AddEscaped(xml.Value, inAttribute: false);
                    break;
            }
        }

        return _text.ToString();
    }

    private void StartElement()
    {
        var used = new SortedDictionary<string, string>(StringComparer.Ordinal) { [xml.Prefix] = xml.NamespaceURI };
        var attributes = new List<(string Space, string LocalName, string Name, string Value)>();
        _text.Append('<').Append(xml.Name);
        while (xml.MoveToNextAttribute())
        {
            if (xml.NamespaceURI == "http://www.w3.org/2000/xmlns/") continue;
            if (xml.Prefix.Length > 0) used[xml.Prefix] = xml.NamespaceURI;
            attributes.Add((xml.NamespaceURI, xml.LocalName, xml.Name, xml.Value));
        }

        xml.MoveToElement();
        foreach (var (prefix, space) in used)
        {
            if (_declared.FindLast(declaration => declaration.Prefix == prefix).Space == space) continue;
            _declared.Add((prefix, space));
            AddAttribute(prefix.Length == 0 ? "xmlns" : "xmlns:" + prefix, space);
        }

        attributes.Sort((left, right) => string.CompareOrdinal(left.Space, right.Space) is var bySpace && bySpace != 0
            ? bySpace
            : string.CompareOrdinal(left.LocalName, right.LocalName));
        foreach (var (_, _, name, value) in attributes) AddAttribute(name, value);
        _text.Append('>');
    }

    private void EndElement(string name, int declared)
    {
        _text.Append("</").Append(name).Append('>');
        _declared.RemoveRange(declared, _declared.Count - declared);
    }

    private void AddAttribute(string name, string value)
    {
        _text.Append(' ').Append(name).Append("=\"");
        AddEscaped(value, inAttribute: true);
        _text.Append('"');
    }

    private void AddEscaped(string value, bool inAttribute)
    {
        foreach (var c in value)
        {
            _ = c switch
            {
                '&' => _text.Append("&amp;"),
                '<' => _text.Append("&lt;"),
                '>' when !inAttribute => _text.Append("&gt;"),
                '"' when inAttribute => _text.Append("&quot;"),
                '\t' when inAttribute => _text.Append("&#x9;"),
                '\n' when inAttribute => _text.Append("&#xA;"),
                '\r' => _text.Append("&#xD;"),
                _ => _text.Append(c),
            };
        }
    }
}
