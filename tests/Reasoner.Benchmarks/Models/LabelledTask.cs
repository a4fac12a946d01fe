using Reasoner.Decisions;

namespace Reasoner.Benchmarks;

/// <summary>A domain and the labelled cases that it is measured on.</summary>
/// <param name="Domain">The domain's name.</param>
/// <param name="File">The file of cases.</param>
internal sealed record LabelledTask(string Domain, string File)
{
    public static IReadOnlyList<LabelledTask> All { get; } = [new("lending", "german_train.csv"), new("card-default", "card_default_train.csv")];

    /// <summary>What measuring each wanted task gives; a line that says why where a task cannot be measured.</summary>
    /// <exception cref="FormatException">A name is none of the tasks.</exception>
    public static IEnumerable<string> ForEach(BenchmarkOptions options, Func<Domain, string, IEnumerable<string>> measure)
    {
        if (options.Names.FirstOrDefault(name => All.All(task => task.Domain != name)) is { } unknown)
            throw new FormatException($"No labelled cases are known for \"{unknown}\"; for these they are: {string.Join(", ", All.Select(task => task.Domain))}.");
        var catalogue = new DomainCatalogue(Path.Combine(Repository.Root, "ontologies"));
        foreach (var (name, file) in All.Where(task => options.Wants(task.Domain)))
        {
            var path = Path.Combine(options.Data, file);
            if (!System.IO.File.Exists(path))
            {
                yield return "";
                yield return $"{name}: not measured, there is no file {file} in the folder of data.";
                continue;
            }

            using var domain = Decisions.Domain.Load(catalogue.ManifestOf(name), withModel: false);
            foreach (var line in measure(domain, path)) yield return line;
        }
    }
}
