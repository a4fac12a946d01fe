using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Reasoner.Decisions;
using Reasoner.Experts;

namespace Reasoner.Reports;

/// <summary>A training report as one HTML file: nothing is loaded and nothing is run to read it.</summary>
internal sealed class TrainingPage
{
    private static readonly Lazy<string> StyleSheet = new(() => StyleSheets.Read("report.css") + StyleSheets.Read("training.css"));

    private readonly TrainingSummary _summary;
    private readonly ModelCard _card;
    private readonly Markup _html;
    private readonly PageParts _page;
    private readonly CancellationToken _cancellation;
    private readonly List<FoldLosses> _losses;

    public TrainingPage(TrainingSummary summary, TextWriter output, CancellationToken cancellation)
    {
        (_summary, _card, _cancellation) = (summary, summary.Card, cancellation);
        _html = new Markup(output);
        _page = new PageParts(_html);
        _losses = [.. summary.Losses.OrEmpty()
            .Where(curve => !curve.Points.OrEmpty().IsEmpty)
            .GroupBy(curve => curve.Fold).OrderBy(fold => fold.Key == 0 ? int.MaxValue : fold.Key)
            .Select(fold => new FoldLosses(fold.Key, [.. fold]))];
        output.Write("<!DOCTYPE html>\n");
    }

    public void Write()
    {
        (string Id, string Title, bool IsThere, Action Write)[] sections =
        [
            ("measures", "Measures", _card.Metrics is not null, Measures),
            ("losses", "Losses", _losses.Count > 0, Losses),
            ("reliability", "Reliability", _summary.Reliability is not null, Reliability),
            ("roc", "ROC curve", !_summary.Roc.OrEmpty().IsEmpty, Roc),
            ("experts", "Expert load", _card.Experts.Count > 0, Experts),
            ("fairness", "Fairness", _card.Fairness is not null, Fairness),
            ("distillation", "Distillation", _summary.Distillation is not null, Distillation),
            ("reinforcement", "Reinforcement", _summary.Reinforcement is not null, Reinforcement),
            ("effort", "Effort", !_summary.Efforts.OrEmpty().IsEmpty, Efforts),
            ("limitations", "Limitations", _card.Limitations.Count > 0, Limitations),
            ("options", "Options", true, Options),
            ("features", "Features", _card.Features.Count > 0, Features),
        ];
        sections = [.. sections.Where(section => section.IsThere)];
        _page.Open($"Training of {_card.Name}", StyleSheet.Value);
        _html.Open("header").Line();
        _html.Element("p", $"Training report · {_summary.Title}", ("class", "eyebrow")).Line();
        _html.Element("h1", $"Training of {_card.Name}").Line();
        _html.Open("dl", ("class", "facts")).Line();
        _page.Entry("Data", _card.Data.File);
        _page.Entry("Labelled cases", Whole(_card.Data.Rows));
        _page.Entry("Experts", $"{Whole(_card.Experts.Count)}, of which {Whole(_card.Architecture.TopK)} run");
        _page.Entry("Parameters", Whole(_card.Architecture.Parameters));
        if (_card.Data.Attribution.Length > 0) _page.Entry("Attribution", _card.Data.Attribution);
        _page.Entry("SHA-256 of the data", _card.Data.Sha256, code: true);
        _page.Entry("SHA-256 of the model", _card.ModelSha256, code: true);
        _html.Close().Line();
        _page.Contents(sections.Select(section => (section.Id, section.Title)));
        _html.Close().Line();
        _html.Open("main").Line();
        foreach (var (id, title, _, write) in sections)
        {
            _cancellation.ThrowIfCancellationRequested();
            _page.OpenSection(id, title);
            write();
            _html.Close().Line();
        }

        _html.Close().Line();
        _html.Open("footer").Element(
            "p", "Made from the model's card and the training's own figures alone; the same training gives the same file, but for the times it took.", ("class", "note")).Close().Line();
        _html.Close().Line();
        _html.Close().Line();
    }

    private void Measures()
    {
        var metrics = _card.Metrics!;
        Paragraph($"By {Whole(metrics.Folds)}-fold cross-validation: each case is judged by a model that had not seen it. The deviation is that between the folds.");
        Table("Measures over the folds", [("Measure", false), ("Mean", true), ("Deviation", true), ("Better is", false)],
        [
            .. new (string Name, MeasureCard? Measure, string Better)[]
            {
                ("Area under the ROC curve", metrics.Auc, "higher"),
                ("Accuracy", metrics.Accuracy, "higher"),
                ("Log loss, nats", metrics.LogLoss, "lower"),
                ("Brier score", metrics.Brier, "lower"),
                ("Expected calibration error", metrics.ExpectedCalibrationError, "lower"),
            }.Where(row => row.Measure is not null).Select(row => (string[])[row.Name, Figure(row.Measure!.Mean), "±" + Figure(row.Measure.Deviation), row.Better]),
        ]);
    }

    private void Losses()
    {
        Paragraph("How long to train is learned in rehearsals, each with other cases held out: it stops where those gain nothing more. The held-out loss of a fold is the mean of its rehearsals, as far as all of them went; its training loss is that of the training that followed.");
        Plot.Legend(_html, [.. _losses.Select(fold => fold.Name)]);
        _html.Open("div", ("class", "beside")).Line();
        Draw("training-loss", "Training loss by epoch", "Mean loss of a step, with penalties", fold => fold.Training);
        if (_losses.Any(fold => fold.HeldOut.Count > 0)) Draw("held-out-loss", "Log loss on held-out cases by epoch", "Log loss, nats", fold => fold.HeldOut);
        _html.Close().Line();
        Table("Losses by fold", [("Training", false), ("Epochs", true), ("Loss, first", true), ("Loss, last", true), ("Held-out, lowest", true), ("at epoch", true)],
        [
            .. _losses.Select(fold =>
            {
                var lowest = fold.HeldOut.Count == 0 ? default : fold.HeldOut.MinBy(point => point.Y);
                return (string[])
                [
                    fold.Name, Whole((long)fold.Training[^1].X), Figure(fold.Training[0].Y), Figure(fold.Training[^1].Y),
                    fold.HeldOut.Count == 0 ? "-" : Figure(lowest.Y), fold.HeldOut.Count == 0 ? "-" : Whole((long)lowest.X),
                ];
            }),
        ]);

        void Draw(string id, string title, string axis, Func<FoldLosses, List<(double X, double Y)>> lossOf)
        {
            var shown = _losses.Where(fold => lossOf(fold).Count > 0).ToList();
            var summary = string.Join("; ", shown.Select(fold => $"{fold.Name} from {Figure(lossOf(fold)[0].Y)} to {Figure(lossOf(fold)[^1].Y)}"));
            Plot.Draw(
                _html, id, title, $"A line for each fold: {summary}.",
                PlotAxis.Around("Epoch", shown.SelectMany(lossOf).Select(point => point.X), fromZero: true, "0"),
                PlotAxis.Around(axis, shown.SelectMany(lossOf).Select(point => point.Y)),
                plot =>
                {
                    for (var i = 0; i < _losses.Count; i++) plot.Line(i, lossOf(_losses[i]));
                });
        }
    }

    private void Reliability()
    {
        var diagram = _summary.Reliability!;
        var cases = Math.Max(1, diagram.Bins.Sum(bin => bin.Cases));
        Paragraph($"How sure the model was of its likeliest answer, and how often that was right. On the dashed diagonal probabilities mean what they say. Expected calibration error: {Figure(diagram.ExpectedCalibrationError)}.");
        _html.Open("div", ("class", "beside")).Line();
        var filled = diagram.Bins.Where(bin => bin.Cases > 0).ToList();
        Plot.Draw(
            _html, "reliability", "Reliability; the bars show how many cases each bin holds",
            $"In {Whole(filled.Count)} bins with cases the share of right answers is {Figure(filled.Select(bin => Math.Abs(bin.Accuracy!.Value - bin.Confidence!.Value)).DefaultIfEmpty().Max())} at most from the mean probability.",
            PlotAxis.Share("Probability of the likeliest answer"), PlotAxis.Share("Share right"),
            plot =>
            {
                foreach (var bin in filled) plot.Bar(bin.From + 0.005, bin.To - 0.005, (double)bin.Cases / cases, "count");
                plot.Reference(0, 0, 1, 1);
                plot.Line(0, filled.Select(bin => (bin.Confidence!.Value, bin.Accuracy!.Value)));
                foreach (var bin in filled) plot.Dot(0, bin.Confidence!.Value, bin.Accuracy!.Value);
            });
        Table("Bins of the reliability diagram", [("Probability", false), ("Cases", true), ("Mean probability", true), ("Share right", true)],
        [
            .. diagram.Bins.Select(bin => (string[])
                [$"{Short(bin.From)} to {Short(bin.To)}", Whole(bin.Cases), Figure(bin.Confidence), Figure(bin.Accuracy)]),
        ]);
        _html.Close().Line();
    }

    private void Roc()
    {
        Paragraph("The share of an answer's cases that score above a threshold, against the share of other cases that do, for every threshold. On the dashed diagonal the model only guesses.");
        var curves = _summary.Roc;
        if (curves.Length > 1) Plot.Legend(_html, [.. curves.Select(curve => curve.Answer)]);
        _html.Open("div", ("class", "beside")).Line();
        Plot.Draw(
            _html, "roc", curves.Length == 1 ? $"ROC curve of {curves[0].Answer}: area {Area(curves[0])}" : "ROC curves, each answer against all others",
            string.Join(" ", curves.Select(curve => $"{curve.Answer}: area {Area(curve)}.")),
            PlotAxis.Share("False alarms"), PlotAxis.Share("Hits"),
            plot =>
            {
                plot.Reference(0, 0, 1, 1);
                for (var i = 0; i < curves.Length; i++) plot.Line(i, curves[i].Points.Select(point => (point.FalseAlarms, point.Hits)));
            });
        double[] marks = [0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.75, 1];
        Table(
            "Hits at a share of false alarms",
            [("False alarms, at most", false), .. curves.Select(curve => ($"Hits, {curve.Answer}", true))],
            [
                .. marks.Select(mark => (string[])
                    [Short(mark), .. curves.Select(curve => Figure(curve.Points.Where(point => point.FalseAlarms <= mark + 1e-12).Select(point => point.Hits).DefaultIfEmpty().Max()))]),
                ["Area under the curve", .. curves.Select(Area)],
            ]);
        _html.Close().Line();
    }

    private static string Area(RocCurve curve) => curve.Auc is null ? "undefined" : Figure(curve.Auc) + Bounds(curve.Interval);

    private void Experts()
    {
        var experts = _card.Experts;
        var unseen = _card.Metrics?.ExpertLoad is { } load && load.Count == experts.Count ? load : null;
        double[] shown = [.. unseen ?? experts.Select(expert => expert.Load)];
        var even = 1.0 / experts.Count;
        Paragraph($"The share of the work that the gate gives each expert{(unseen is null ? " on the training cases" : " on cases it had not seen")}. The dashed line is the even share, {Percent(even)}; an expert near 0 was not needed, and one near 1 does all.");
        _html.Open("div", ("class", "beside")).Line();
        Plot.Draw(
            _html, "experts", "Load of each expert, and the even share",
            $"The least load is {Percent(shown.Min())}, the greatest {Percent(shown.Max())}.",
            new PlotAxis("Expert, by its number in the table", 0.5, experts.Count + 0.5, ""), PlotAxis.Around("Share of assignments", shown.Append(even), fromZero: true),
            plot =>
            {
                for (var i = 0; i < shown.Length; i++)
                {
                    plot.Bar(i + 0.65, i + 1.35, shown[i]);
                    // Of many experts only some numbers find room.
                    if (i % Math.Max(1, shown.Length / 16) == 0) plot.Under(i + 1, Whole(i + 1));
                }

                plot.Reference(0.5, even, experts.Count + 0.5, even);
            });
        Table("Load of the experts", [("Number", true), ("Expert", false), ("Unseen cases", true), ("Training cases", true), ("Times the even share", true)],
        [
            .. experts.Select((expert, i) => (string[])
                [Whole(i + 1), expert.Name, unseen is null ? "-" : Percent(unseen[i]), Percent(expert.Load), (shown[i] / even).ToString("0.00", CultureInfo.InvariantCulture)]),
        ], heading: 1);
        _html.Close().Line();
    }

    private void Fairness()
    {
        var fairness = _card.Fairness!;
        Paragraph(
            $"Answers by protected groups, over {Whole(fairness.Cases)} cases, by models that had not seen them. Neither model nor rules read these attributes. "
            + (fairness.Favourable.Count == 0
                ? "The domain names no favourable answers, so there are no ratios."
                : $"Favourable: {string.Join(", ", fairness.Favourable)}. A case left to a person counts as not favourable. \"If deserved\" is among those whose outcome was favourable. Groups under {Whole(fairness.SmallestGroup)} cases are shown, and do not count in ratios.")
            + (fairness.Resamples > 0 ? " In brackets: 95 % confidence intervals." : ""));
        if (fairness.Attributes.Count == 0) Paragraph("No case states a protected attribute.");
        foreach (var attribute in fairness.Attributes)
        {
            _html.Element("h3", attribute.Label).Line();
            _html.Open("p", ("class", "note")).Element("code", attribute.Path).Text(" · " + attribute.Grouping).Close().Line();
            (string Title, Func<FairnessGroupCard, RateCard?> Rate)[] columns =
            [
                ("Favourable, model alone", group => group.Model?.Favourable),
                ("Favourable, with rules", group => group.Together.Favourable),
                ("If deserved, model alone", group => group.Model?.TruePositive),
                ("If deserved, with rules", group => group.Together.TruePositive),
                ("Left to a person", group => group.Together.Referred),
            ];
            columns = [.. columns.Where(column => attribute.Groups.Any(group => column.Rate(group) is not null))];
            Table($"Outcomes by {attribute.Label}", [("Group", false), ("Cases", true), .. columns.Select(column => (column.Title, true))],
            [
                .. attribute.Groups.Select(group => (string[])
                    [group.IsCounted ? group.Name : group.Name + " (does not count)", Whole(group.Cases), .. columns.Select(column => Rate(column.Rate(group)))]),
            ]);
            Impact("Model alone", attribute.Model, fairness);
            Impact("With rules", attribute.Together, fairness);
        }
    }

    private void Impact(string who, ImpactCard? impact, FairnessCard fairness)
    {
        if (impact is null) return;
        _html.Open("p").Text($"{who}: four-fifths ratio {Figure(impact.Ratio)}{Bounds(impact.Interval)}, “{impact.Lowest}” against “{impact.Highest}”. ");
        var threshold = Short(fairness.Threshold);
        var (style, verdict) = impact switch
        {
            { IsBelowThreshold: true } => ("badge flag", $"below {threshold}"),
            { Interval: { } interval } when interval.Lower < fairness.Threshold => ("badge not-tried", $"not below {threshold}, but the interval reaches below"),
            _ => ("badge accepted", $"not below {threshold}"),
        };
        _html.Element("span", verdict, ("class", style)).Close().Line();
    }

    private void Distillation()
    {
        var distillation = _summary.Distillation!;
        DistilledModel[] models = [distillation.Teacher, distillation.Student, .. distillation.Alone is { } alone ? new[] { alone } : []];
        var (teacher, student) = (distillation.Teacher, distillation.Student);
        // A table of probabilities has neither parameters nor a time.
        string[] costs =
        [
            .. IsKnown(teacher.Parameters) ? [$"has {Percent((double)student.Parameters / teacher.Parameters)} of the parameters"] : Array.Empty<string>(),
            .. IsKnown(teacher.Microseconds) ? [$"takes {Percent(student.Microseconds / teacher.Microseconds)} of the time"] : Array.Empty<string>(),
        ];
        Paragraph(
            $"A small model, {student.Name}, learned the probabilities of {teacher.Name}. {(costs.Length == 0 ? "Its" : $"It {string.Join(" and ", costs)}; its")} area under the ROC curve is {Signed(student.Auc - teacher.Auc)} against the teacher's.");
        Table("Teacher and student on cases they had not seen",
            [("Model", false), ("AUC", true), ("Brier score", true), ("Calibration error", true), ("Parameters", true), ("Median time, µs", true)],
            [
                .. models.Select(model => (string[])
                    [model.Name, Figure(model.Auc), Figure(model.Brier), Figure(model.ExpectedCalibrationError), IsKnown(model.Parameters) ? Whole(model.Parameters) : "-", IsKnown(model.Microseconds) ? Time(model.Microseconds) : "-"]),
            ]);
        Notes(distillation.Notes);
    }

    private void Reinforcement()
    {
        var (before, after, epochs, notes) = _summary.Reinforcement!;
        Paragraph("Training on what the rules say to the model's first proposals.");
        var lines = epochs.OrEmpty();
        if (lines.Length > 1) Plot.Legend(_html, ["first proposals that violate no rule", "accuracy"]);
        _html.Open("div", ("class", "beside")).Line();
        if (lines.Length > 1)
        {
            Plot.Draw(
                _html, "reinforcement", "First proposals that survive, and accuracy, by epoch",
                $"Surviving from {Figure(lines[0].Surviving)} to {Figure(lines[^1].Surviving)}, accuracy from {Figure(lines[0].Accuracy)} to {Figure(lines[^1].Accuracy)}.",
                PlotAxis.Around("Epoch", lines.Select(epoch => (double)epoch.Epoch), format: "0"),
                PlotAxis.Around("Share", lines.SelectMany(epoch => new[] { epoch.Surviving, epoch.Accuracy })),
                plot =>
                {
                    plot.Line(0, lines.Select(epoch => ((double)epoch.Epoch, epoch.Surviving)));
                    plot.Line(1, lines.Select(epoch => ((double)epoch.Epoch, epoch.Accuracy)));
                });
        }

        Table("Before, after and by epoch", [("When", false), ("First proposals that survive", true), ("Accuracy", true)],
        [
            ["before", Figure(before.Surviving), Figure(before.Accuracy)],
            ["after", Figure(after.Surviving), Figure(after.Accuracy)],
            // A page of epochs tells no more than some of them.
            .. lines.Where((_, i) => i == lines.Length - 1 || i % Math.Max(1, (lines.Length + 9) / 10) == 0)
                .Select(epoch => (string[])[$"epoch {Whole(epoch.Epoch)}", Figure(epoch.Surviving), Figure(epoch.Accuracy)]),
        ]);
        _html.Close().Line();
        Notes(notes);
    }

    private void Efforts()
    {
        var efforts = _summary.Efforts;
        Paragraph("What more effort gives, and what it costs.");
        Plot.Legend(_html, ["accuracy", "valid answers"]);
        _html.Open("div", ("class", "beside")).Line();
        Plot.Draw(
            _html, "effort", "Accuracy and valid answers against the median time of a decision",
            string.Join(" ", efforts.Select(effort => $"{effort.Name}: {Time(effort.MedianMicroseconds)} microseconds, accuracy {Figure(effort.Accuracy)}, valid {Figure(effort.Valid)}.")),
            PlotAxis.Around("Median time, µs", efforts.Select(effort => effort.MedianMicroseconds), fromZero: true, "0.#"),
            PlotAxis.Around("Share", efforts.SelectMany(effort => new[] { effort.Accuracy, effort.Valid })),
            plot =>
            {
                plot.Line(0, efforts.Select(effort => (effort.MedianMicroseconds, effort.Accuracy)));
                plot.Line(1, efforts.Select(effort => (effort.MedianMicroseconds, effort.Valid)));
                foreach (var effort in efforts)
                {
                    plot.Dot(0, effort.MedianMicroseconds, effort.Accuracy, effort.Name);
                    plot.Dot(1, effort.MedianMicroseconds, effort.Valid);
                }
            });
        Table("Levels of effort", [("Effort", false), ("Accuracy", true), ("Valid answers", true), ("Median time, µs", true), ("99th percentile, µs", true)],
        [
            .. efforts.Select(effort => (string[])
                [effort.Name, Figure(effort.Accuracy), Figure(effort.Valid), Time(effort.MedianMicroseconds), effort.Percentile99Microseconds is { } time ? Time(time) : "-"]),
        ]);
        _html.Close().Line();
    }

    private void Limitations()
    {
        _html.Open("ul").Line();
        foreach (var limitation in _card.Limitations) _html.Element("li", limitation).Line();
        _html.Close().Line();
    }

    private void Options()
    {
        // The card's own names, so that a new option is reported without a change here.
        var options = JsonSerializer.SerializeToElement(_card.Training.Options, DecisionJson.OneLine.TrainingOptions);
        Table("Options of the training", [("Option", false), ("Value", true)],
        [
            .. options.EnumerateObject()
                .Where(option => option.Value is not { ValueKind: JsonValueKind.Array } list || list.GetArrayLength() > 0)
                .Select(option => (string[])
                    [option.Name, option.Value.ValueKind == JsonValueKind.Array ? string.Join(", ", option.Value.EnumerateArray()) : option.Value.ToString()]),
            ["rows held out once, to stop and calibrate by", Whole(_card.Training.HeldOutRows)],
            ["calibration temperature", Figure(_card.Training.Temperature)],
            ["inputs of the network", Whole(_card.Architecture.Inputs)],
            ["hidden units of an expert", Whole(_card.Architecture.Hidden)],
        ]);
    }

    private void Features()
    {
        _html.Open("details").Element("summary", $"{Whole(_card.Features.Count)} features").Line();
        Table("What the model reads", [("Feature", false), ("Kind", false), ("Path", false), ("Read by the model", false)],
        [
            .. _card.Features.Select(feature => (string[])[feature.Name, feature.Kind.ToString().ToLowerInvariant(), feature.Path, feature.Protected ? "no, protected" : "yes"]),
        ]);
        _html.Close().Line();
    }

    private void Notes(ImmutableArray<string> notes)
    {
        foreach (var note in notes.OrEmpty()) _html.Element("p", note, ("class", "note")).Line();
    }

    private void Paragraph(string text) => _html.Element("p", text).Line();

    /// <summary>A table; the cell of each row that <paramref name="heading"/> says names it.</summary>
    private void Table(string caption, IReadOnlyList<(string Title, bool IsNumber)> columns, IEnumerable<string[]> rows, int heading = 0)
    {
        _html.Open("table", ("class", "numbers")).Line();
        _html.Element("caption", caption).Line();
        _page.HeaderRow([.. columns.Select(column => (column.Title, (string?)(column.IsNumber ? "number" : null)))]);
        _html.Open("tbody").Line();
        foreach (var row in rows)
        {
            _html.Open("tr");
            for (var i = 0; i < row.Length; i++)
            {
                var style = columns[i].IsNumber ? "number" : null;
                if (i == heading) _html.Element("th", row[i], ("scope", "row"), ("class", style));
                else _html.Element("td", row[i], ("class", style));
            }

            _html.Close().Line();
        }

        _html.Close().Close().Line();
    }

    private static string Figure(double? value) => value is { } number ? number.ToString("0.000", CultureInfo.InvariantCulture) : "-";

    private static bool IsKnown(double cost) => cost > 0;

    private static string Short(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Signed(double value) => value.ToString("+0.000;-0.000;0.000", CultureInfo.InvariantCulture);

    private static string Whole(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Percent(double share) => (share * 100).ToString("0.#", CultureInfo.InvariantCulture) + " %";

    private static string Time(double microseconds) => microseconds.ToString(microseconds < 100 ? "0.0" : "0", CultureInfo.InvariantCulture);

    private static string Bounds(Interval? interval) => interval is null ? "" : $" [{Figure(interval.Lower)} {Figure(interval.Upper)}]";

    private static string Rate(RateCard? rate) => rate is null ? "-" : Figure(rate.Value) + Bounds(rate.Interval);

    /// <summary>
    /// The losses of a fold: its training on all its cases, and what the rehearsals before it found on the cases that they held out.
    /// </summary>
    private sealed class FoldLosses(int fold, LossCurve[] curves)
    {
        public string Name { get; } = fold == 0 ? "all cases" : $"fold {fold.ToString(CultureInfo.InvariantCulture)}";

        public List<(double X, double Y)> Training { get; } =
            Mean(curves.Any(curve => curve.Rehearsal == 0) ? curves.Where(curve => curve.Rehearsal == 0) : curves, point => point.Training);

        public List<(double X, double Y)> HeldOut { get; } = Mean(curves, point => point.HeldOut);

        /// <summary>
        /// The mean by epoch, as long as all go on: beyond it a mean would jump whenever a training ends, and those that go on
        /// longest are not like the others.
        /// </summary>
        private static List<(double X, double Y)> Mean(IEnumerable<LossCurve> curves, Func<LossPoint, double?> lossOf)
        {
            var measured = curves.Select(curve => curve.Points.Where(point => lossOf(point) is not null).ToList()).Where(points => points.Count > 0).ToList();
            if (measured.Count == 0) return [];
            var last = measured.Min(points => points[^1].Epoch);
            return
            [
                .. measured.SelectMany(points => points).Where(point => point.Epoch <= last)
                    .GroupBy(point => point.Epoch).OrderBy(epoch => epoch.Key)
                    .Select(epoch => ((double)epoch.Key, epoch.Average(point => lossOf(point)!.Value))),
            ];
        }
    }
}
