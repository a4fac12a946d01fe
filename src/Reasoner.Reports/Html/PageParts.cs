namespace Reasoner.Reports;

/// <summary>The parts that every page has: its head, sections, lists of facts and heads of tables.</summary>
internal sealed class PageParts(Markup html)
{
    // Nothing but the file's own style sheet: even a slip in escaping could not run or load anything.
    private const string ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

    /// <summary>Opens the page with its head.</summary>
    public void Open(string title, string styleSheet)
    {
        html.Open("html", ("lang", "en"), ("xmlns", "http://www.w3.org/1999/xhtml")).Line();
        html.Open("head").Line();
        html.Empty("meta", ("charset", "utf-8")).Line();
        html.Element("title", title).Line();
        html.Empty("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1")).Line();
        html.Empty("meta", ("name", "color-scheme"), ("content", "light dark")).Line();
        html.Empty("meta", ("http-equiv", "Content-Security-Policy"), ("content", ContentSecurityPolicy)).Line();
        html.StyleSheet(styleSheet).Line();
        html.Close().Line();
        html.Open("body").Line();
    }

    /// <summary>Links to sections.</summary>
    public void Contents(IEnumerable<(string Id, string Title)> sections)
    {
        html.Open("nav", ("aria-label", "Contents")).Open("ul");
        foreach (var (id, title) in sections) html.Open("li").Element("a", title, ("href", "#" + id)).Close();
        html.Close().Close().Line();
    }

    /// <summary>Opens a section with its heading.</summary>
    public void OpenSection(string id, string title, string? style = null, bool hidden = false)
    {
        html.Open("section", ("id", id), ("class", style), ("aria-labelledby", id + "-title")).Line();
        html.Element("h2", title, ("id", id + "-title"), ("class", hidden ? "unseen" : null)).Line();
    }

    /// <summary>An entry of a list of facts.</summary>
    public void Entry(string term, string value, bool code = false)
    {
        html.Open("div").Element("dt", term).Open("dd");
        if (code) html.Element("code", value);
        else html.Text(value);
        html.Close().Close().Line();
    }

    /// <summary>A law or policy: a link where it leads somewhere.</summary>
    public void Cite(Citation citation)
    {
        if (citation.Link is { } link) html.Element("a", citation.Text, ("href", link), ("rel", "noopener noreferrer external"));
        else html.Element("cite", citation.Text);
    }

    /// <summary>The head of a table.</summary>
    public void HeaderRow(params ReadOnlySpan<(string Title, string? Style)> columns)
    {
        html.Open("thead").Open("tr");
        foreach (var (title, style) in columns) html.Element("th", title, ("scope", "col"), ("class", style));
        html.Close().Close().Line();
    }
}
