using Reasoner.Experts;
using Reasoner.Testing;

namespace Reasoner.Decisions.Tests;

public sealed class ModelTrainerTests : IDisposable
{
    private readonly LendingCopy _lending = new();

    public void Dispose() => _lending.Dispose();

    [Fact]
    public void Training_twice_with_one_seed_gives_the_same_bytes_and_another_seed_others()
    {
        var table = _lending.TableOf(120);
        using var domain = _lending.Load(withModel: false);
        byte[] Model(string folder, int seed)
        {
            var outcome = ModelTrainer.Train(domain, table, _lending.PathOf(folder), "generated", new() { Seed = seed });
            Assert.Equal(120, outcome.Rows);
            Assert.Equal(5, outcome.Metrics.Folds.Count);
            return File.ReadAllBytes(Path.Combine(_lending.PathOf(folder), ModelFolder.ModelFile));
        }

        var first = Model("first", 11);
        Assert.Equal(first, Model("second", 11));
        Assert.Equal(
            File.ReadAllBytes(_lending.PathOf("first/" + ModelFolder.CardFile)), File.ReadAllBytes(_lending.PathOf("second/" + ModelFolder.CardFile)));
        Assert.NotEqual(first, Model("third", 12));
    }

    [Fact]
    public void A_trained_model_serves_the_domain_and_its_card_agrees_with_the_manifest()
    {
        using (var untrained = _lending.Load(withModel: false))
            ModelTrainer.Train(untrained, _lending.TableOf(120), untrained.ModelFolder!, "generated");
        var report = DomainCheck.Run(_lending.Manifest);
        Assert.Empty(report.Diagnostics.Where(diagnostic => diagnostic.Severity == Rules.Severity.Error));

        _lending.ChangeManifest(manifest => manifest["features"]!.AsArray().RemoveAt(0));
        var disagreement = Assert.Single(DomainCheck.Run(_lending.Manifest).Diagnostics, diagnostic => diagnostic.Code == DomainDiagnosticCodes.ModelDisagrees);
        Assert.Contains("checkingStatus", disagreement.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_without_outcome_cannot_teach()
    {
        var unlabelled = File.ReadLines(Lending.Sample).Take(20).Select((line, i) => i == 0 ? line : line[..line.LastIndexOf(',')] + ",");
        var table = _lending.Write("unlabelled.csv", string.Join('\n', unlabelled));
        Assert.Contains("no row has an outcome", Refusal(table).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_tables_columns_are_refused_with_those_that_are_expected()
    {
        var problem = Refusal(_lending.Write("other.csv", "a,b\n1,2\n"));
        Assert.Contains("other.csv:1:1: error: the columns fit no table of the domain lending", problem.Message, StringComparison.Ordinal);
        Assert.Contains("checking_status,duration_months", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_said() =>
        Assert.Contains("cannot be read", Refusal(_lending.PathOf("missing.csv")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_row_that_does_not_fit_the_table_is_said_with_its_number()
    {
        var lines = File.ReadLines(Lending.Sample).Take(4).ToList();
        lines[2] = lines[2].Replace(lines[2].Split(',')[1] + ",", "many,", StringComparison.Ordinal);
        var problem = Refusal(_lending.Write("wrong.csv", string.Join('\n', lines)));
        Assert.Contains("row 2", problem.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void One_outcome_alone_cannot_be_learned()
    {
        var good = File.ReadLines(Lending.Sample).Where((line, i) => i == 0 || line.EndsWith(",1", StringComparison.Ordinal)).Take(40);
        var table = _lending.Write("good.csv", string.Join('\n', good));
        using var domain = _lending.Load(withModel: false);
        Assert.Throws<ModelException>(() => ModelTrainer.Train(domain, table, _lending.PathOf("model"), "generated"));
        Assert.False(Directory.Exists(_lending.PathOf("model")));
    }

    [Fact]
    public void A_domain_without_label_cannot_be_trained()
    {
        using var club = new SmallDomain();
        using var domain = club.Load();
        Assert.Contains("no features or no label", Assert.Throws<DomainException>(() => LabelledCases.ReadFeatures(domain, Lending.Sample)).Message, StringComparison.Ordinal);
    }

    private DomainException Refusal(string table)
    {
        using var domain = _lending.Load(withModel: false);
        return Assert.Throws<DomainException>(() => ModelTrainer.Train(domain, table, _lending.PathOf("model"), "generated"));
    }
}
