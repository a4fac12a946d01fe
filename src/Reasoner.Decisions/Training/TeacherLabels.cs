using System.Globalization;
using CsvHelper;
using Reasoner.Experts;

namespace Reasoner.Decisions;

/// <summary>Soft labels from a teacher that exists already: a model in a folder, or a table of probabilities.</summary>
internal static class TeacherLabels
{
    private const int MaxLineBytes = 1 << 20;

    /// <summary>Gives each row what the teacher holds of it.</summary>
    /// <param name="domain">The domain.</param>
    /// <param name="teacher">A model folder, or a CSV file with a column for each answer, named as in the manifest, and a line for each labelled case.</param>
    /// <param name="rows">The labelled rows.</param>
    /// <exception cref="DomainException">The table does not fit the domain or the rows.</exception>
    /// <exception cref="ModelException">The model cannot be used, or reads what the domain does not give.</exception>
    public static IReadOnlyList<LabelledRow> Teach(Domain domain, string teacher, IReadOnlyList<LabelledRow> rows) =>
        Directory.Exists(teacher) ? ByModel(domain, teacher, rows) : ByTable(domain, teacher, rows);

    private static LabelledRow[] ByModel(Domain domain, string folder, IReadOnlyList<LabelledRow> rows)
    {
        using var proposer = MixtureProposer.Load(folder, cachePlaces: 0);
        var own = domain.Features.Schema!;
        int[] places = [.. proposer.Schema.Select(feature => own.IndexOf(feature.Name) is var place && place >= 0 && own[place].Kind == feature.Kind
            ? place
            : throw new DomainException($"{folder}: error: the teacher reads the {feature.Kind.ToString().ToLowerInvariant()} feature {feature.Name}, which the domain {domain.Name} does not give."))];
        var proposals = proposer.Propose([.. rows.Select(row => new FeatureRow([.. places.Select(place => row.Row[place])]))]);
        return [.. rows.Zip(proposals, (row, proposal) => row with
        {
            Teacher = proposal.Answers.ToDictionary(scored => scored.Answer, scored => scored.Probability, StringComparer.Ordinal),
        })];
    }

    private static LabelledRow[] ByTable(Domain domain, string path, IReadOnlyList<LabelledRow> rows)
    {
        try
        {
            using var text = new StreamReader(path);
            using var csv = CsvReader.Create(text, new CsvReaderOptions { HasHeader = false, TrimWhitespace = true, SkipEmptyLines = true, TrackLineNumbers = true, MaxRecordSize = MaxLineBytes });
            if (!csv.Read()) throw new DomainException($"{path}:1:1: error: the table is empty; its header is missing.");
            var answers = Enumerable.Range(0, csv.FieldCount).Select(place => (Place: place, Answer: domain.Manifest.Answers.IndexOf(csv.GetString(place)))).Where(each => each.Answer >= 0).ToList();
            if (answers.GroupBy(each => each.Answer).FirstOrDefault(group => group.Count() > 1) is { } twice)
                throw new DomainException($"{path}:1:1: error: there are two columns {domain.Manifest.Answers[twice.Key]}.");
            var missing = LabelledCases.AnswersOf(domain).Except(answers.Select(each => each.Answer)).Select(answer => domain.Manifest.Answers[answer]).ToList();
            if (missing.Count > 0)
                throw new DomainException($"{path}:1:1: error: a teacher's table has a column for each answer that labels stand for; there is none for {string.Join(", ", missing)}.");
            var taught = new List<LabelledRow>();
            while (csv.Read())
            {
                if (taught.Count == rows.Count)
                    throw new DomainException($"{path}:{csv.LineNumber}:1: error: there are more lines than the {rows.Count} labelled cases.");
                var probabilities = answers.ToDictionary(
                    each => domain.Answers[each.Answer].Value,
                    each => ProbabilityIn(each.Place < csv.FieldCount ? csv.GetString(each.Place) : "")
                        ?? throw new DomainException($"{path}:{csv.LineNumber}:1: error: in the column {domain.Manifest.Answers[each.Answer]} there is no probability from 0 to 1."),
                    StringComparer.Ordinal);
                if (probabilities.Values.All(probability => probability == 0))
                    throw new DomainException($"{path}:{csv.LineNumber}:1: error: every probability is 0; give one above 0.");
                taught.Add(rows[taught.Count] with { Teacher = probabilities });
            }

            return taught.Count == rows.Count
                ? [.. taught]
                : throw new DomainException($"{path}: error: there are {taught.Count} lines of probabilities for {rows.Count} labelled cases; give one for each, in their order.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CsvFormatException)
        {
            throw new DomainException($"{path}: error: the teacher's table cannot be read: {exception.Message.ReplaceLineEndings(" ")}", exception);
        }
    }

    private static double? ProbabilityIn(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var probability) && probability is >= 0 and <= 1 ? probability : null;
}
