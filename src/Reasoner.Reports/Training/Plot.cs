using System.Globalization;
using System.Text;

namespace Reasoner.Reports;

/// <summary>An axis of a plot.</summary>
/// <param name="Title">What it measures, with the unit.</param>
/// <param name="Min">Its least value.</param>
/// <param name="Max">Its greatest value; above the least.</param>
/// <param name="Format">How values at its marks are written.</param>
internal sealed record PlotAxis(string Title, double Min, double Max, string Format = "0.##")
{
    /// <summary>An axis from 0 to 1.</summary>
    public static PlotAxis Share(string title) => new(title, 0, 1);

    /// <summary>An axis that holds some values, with round ends.</summary>
    public static PlotAxis Around(string title, IEnumerable<double> values, bool fromZero = false, string format = "0.##")
    {
        var (min, max) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in values.Where(double.IsFinite)) (min, max) = (Math.Min(min, value), Math.Max(max, value));
        if (min > max) return new PlotAxis(title, 0, 1, format);
        if (fromZero) min = Math.Min(0, min);
        if (min == max) max = min + Math.Max(1e-3, Math.Abs(min) * 0.1);
        var step = Step(max - min);
        return new PlotAxis(title, Math.Floor(min / step) * step, Math.Ceiling(max / step) * step, format);
    }

    /// <summary>The values at the axis' marks.</summary>
    public IEnumerable<double> Marks()
    {
        var step = Step(Max - Min);
        // By counting, so that no error adds up.
        var first = (long)Math.Ceiling((Min / step) - 1e-9);
        var last = (long)Math.Floor((Max / step) + 1e-9);
        for (var mark = first; mark <= last; mark++) yield return mark * step;
    }

    private static double Step(double range)
    {
        var rough = range / 5;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return (rough / power) switch
        {
            <= 1 => power,
            <= 2 => 2 * power,
            <= 5 => 5 * power,
            _ => 10 * power,
        };
    }
}

/// <summary>Draws a plot as SVG. Series differ by dashes and marks as well as by colour, for those who do not see colours.</summary>
internal sealed class Plot
{
    /// <summary>As many series can be told apart.</summary>
    public const int MostSeries = 8;

    private const double Width = 560;
    private const double Height = 340;
    private const double Left = 58;
    private const double Right = 14;
    private const double Top = 14;
    private const double Bottom = 46;

    private readonly Markup _html;
    private readonly PlotAxis _x;
    private readonly PlotAxis _y;

    private Plot(Markup html, PlotAxis x, PlotAxis y) => (_html, _x, _y) = (html, x, y);

    /// <summary>Draws a plot in its figure.</summary>
    /// <param name="html">The page.</param>
    /// <param name="id">A name for it, unique on the page.</param>
    /// <param name="title">What is drawn.</param>
    /// <param name="description">What there is to see, for those who do not; a table beside it has the numbers.</param>
    /// <param name="x">The axis to the right.</param>
    /// <param name="y">The axis upwards.</param>
    /// <param name="draw">Draws what is in it.</param>
    public static void Draw(Markup html, string id, string title, string description, PlotAxis x, PlotAxis y, Action<Plot> draw)
    {
        html.Open("figure", ("class", "plot")).Line();
        html.Open("svg",
            ("xmlns", PictureSvg.Namespace), ("role", "img"), ("aria-labelledby", $"{id}-plot-title {id}-plot-text"),
            ("viewBox", $"0 0 {Markup.Pixels(Width)} {Markup.Pixels(Height)}")).Line();
        html.Element("title", title, ("id", $"{id}-plot-title")).Line();
        html.Element("desc", description, ("id", $"{id}-plot-text")).Line();
        var plot = new Plot(html, x, y);
        plot.Axes();
        draw(plot);
        html.Close().Line();
        html.Element("figcaption", title).Line();
        html.Close().Line();
    }

    /// <summary>A line that a reader compares with, such as a diagonal.</summary>
    public void Reference(double fromX, double fromY, double toX, double toY) => _html.Empty(
        "path", ("class", "reference"), ("d", $"M{X(fromX)} {Y(fromY)}L{X(toX)} {Y(toY)}")).Line();

    /// <summary>A series as a line.</summary>
    public void Line(int series, IEnumerable<(double X, double Y)> points)
    {
        var path = new StringBuilder();
        foreach (var (x, y) in points.Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y)))
            path.Append(path.Length == 0 ? 'M' : 'L').Append(X(x)).Append(' ').Append(Y(y));
        if (path.Length > 0) _html.Empty("path", ("class", $"series s{series % MostSeries}"), ("d", path.ToString())).Line();
    }

    /// <summary>A point of a series, with a word beside it.</summary>
    public void Dot(int series, double x, double y, string? label = null)
    {
        _html.Empty("circle", ("class", $"dot s{series % MostSeries}"), ("cx", X(x)), ("cy", Y(y)), ("r", "3.5")).Line();
        if (label is null) return;
        var isRight = (x - _x.Min) / (_x.Max - _x.Min) > 0.75;
        var text = TextLines.Wrap(label, 140, 11, 1)[0];
        _html.Element(
            "text", text, ("class", "label"), ("x", Markup.Pixels(PlaceX(x) + (isRight ? -7 : 7))), ("y", Markup.Pixels(PlaceY(y) - 7)),
            ("text-anchor", isRight ? "end" : null)).Line();
    }

    /// <summary>A bar from the axis up.</summary>
    public void Bar(double from, double to, double height, string style = "column") => _html.Empty(
        "rect", ("class", style), ("x", X(from)), ("y", Y(height)),
        ("width", Markup.Pixels(PlaceX(to) - PlaceX(from))), ("height", Markup.Pixels(PlaceY(_y.Min) - PlaceY(height)))).Line();

    /// <summary>A word under the axis.</summary>
    public void Under(double x, string text) => _html.Element(
        "text", text, ("class", "tick"), ("x", X(x)), ("y", Markup.Pixels(Height - Bottom + 16)), ("text-anchor", "middle")).Line();

    /// <summary>Names series with the line each is drawn in.</summary>
    public static void Legend(Markup html, IReadOnlyList<string> names)
    {
        html.Open("ul", ("class", "legend"));
        for (var i = 0; i < names.Count; i++)
        {
            html.Open("li");
            html.Open("svg", ("xmlns", PictureSvg.Namespace), ("aria-hidden", "true"), ("viewBox", "0 0 28 10"), ("width", "28"), ("height", "10"));
            html.Empty("path", ("class", $"series s{i % MostSeries}"), ("d", "M0 5H28"));
            html.Close().Text(names[i]).Close();
        }

        html.Close().Line();
    }

    private void Axes()
    {
        foreach (var mark in _y.Marks())
        {
            _html.Empty("path", ("class", "grid"), ("d", $"M{Markup.Pixels(Left)} {Y(mark)}H{Markup.Pixels(Width - Right)}"));
            _html.Element("text", Text(mark, _y), ("class", "tick"), ("x", Markup.Pixels(Left - 6)), ("y", Markup.Pixels(PlaceY(mark) + 4)), ("text-anchor", "end")).Line();
        }

        foreach (var mark in _x.Format.Length == 0 ? [] : _x.Marks())
        {
            _html.Empty("path", ("class", "axis"), ("d", $"M{X(mark)} {Markup.Pixels(Height - Bottom)}v4"));
            _html.Element("text", Text(mark, _x), ("class", "tick"), ("x", X(mark)), ("y", Markup.Pixels(Height - Bottom + 16)), ("text-anchor", "middle")).Line();
        }

        _html.Empty("path", ("class", "axis"), ("d", $"M{Markup.Pixels(Left)} {Markup.Pixels(Top)}V{Markup.Pixels(Height - Bottom)}H{Markup.Pixels(Width - Right)}")).Line();
        var middleX = (Left + Width - Right) / 2;
        var middleY = (Top + Height - Bottom) / 2;
        _html.Element("text", _x.Title, ("class", "title"), ("x", Markup.Pixels(middleX)), ("y", Markup.Pixels(Height - 8)), ("text-anchor", "middle")).Line();
        _html.Element(
            "text", _y.Title, ("class", "title"), ("transform", $"translate(13 {Markup.Pixels(middleY)}) rotate(-90)"), ("text-anchor", "middle")).Line();
    }

    private static string Text(double mark, PlotAxis axis) => mark.ToString(axis.Format, CultureInfo.InvariantCulture);

    private string X(double value) => Markup.Pixels(PlaceX(value));

    private string Y(double value) => Markup.Pixels(PlaceY(value));

    private double PlaceX(double value) => Left + ((Math.Clamp(value, _x.Min, _x.Max) - _x.Min) / (_x.Max - _x.Min) * (Width - Left - Right));

    private double PlaceY(double value) => Height - Bottom - ((Math.Clamp(value, _y.Min, _y.Max) - _y.Min) / (_y.Max - _y.Min) * (Height - Top - Bottom));
}
