using Reasoner.Experts;
using Reasoner.Testing;

namespace Reasoner.Decisions.Tests;

/// <summary>Teachers that exist already: tables of probabilities and model folders.</summary>
public sealed class TeacherLabelsTests : IDisposable
{
    private const string Header = "lend:Approve,lend:Decline\n";

    private readonly LendingCopy _lending = new();
    private readonly Domain _domain;
    private readonly IReadOnlyList<LabelledRow> _rows;

    public TeacherLabelsTests()
    {
        _domain = _lending.Load();
        _rows = LabelledCases.ReadFeatures(_domain, _lending.TableOf(3));
    }

    public void Dispose()
    {
        _domain.Dispose();
        _lending.Dispose();
    }

    [Fact]
    public void A_table_teaches_each_case_by_its_line()
    {
        var taught = TeacherLabels.Teach(_domain, Table("note,lend:Decline,lend:Approve\nx,0.2,0.8\ny,1,0\n\nz,0.5,0.25\n"), _rows);

        Assert.Equal([0.8, 0, 0.25], taught.Select(row => row.Teacher!["urn:reasoner:lending#Approve"]));
        Assert.Equal([0.2, 1, 0.5], taught.Select(row => row.Teacher!["urn:reasoner:lending#Decline"]));
        Assert.Equal(_rows.Select(row => row.Label), taught.Select(row => row.Label));
    }

    [Theory]
    [InlineData(Header + "0.5,0.5\n0.5,0.5\n", ": error: there are 2 lines of probabilities for 3 labelled cases")]
    [InlineData(Header + "0.5,0.5\n0.5,0.5\n0.5,0.5\n0.5,0.5\n", ":5:1: error: there are more lines than the 3 labelled cases")]
    [InlineData("", ":1:1: error: the table is empty")]
    [InlineData("good,bad\n0.5,0.5\n", ":1:1: error: a teacher's table has a column for each answer")]
    [InlineData("lend:Approve,lend:Refer\n0.5,0.5\n", ":1:1: error: a teacher's table has a column for each answer that labels stand for; there is none for lend:Decline")]
    [InlineData("lend:Approve,lend:Decline,lend:Approve\n0.5,0.5,0.5\n", ":1:1: error: there are two columns lend:Approve")]
    [InlineData(Header + "0.5,0.5\n0.5,abc\n0.5,0.5\n", ":3:1: error: in the column lend:Decline there is no probability from 0 to 1")]
    [InlineData(Header + "0.5,0.5\n0.5,0.5\n1.5,0.5\n", ":4:1: error: in the column lend:Approve there is no probability from 0 to 1")]
    [InlineData(Header + "-0.5,0.5\n0.5,0.5\n0.5,0.5\n", ":2:1: error: in the column lend:Approve there is no probability from 0 to 1")]
    [InlineData(Header + "NaN,0.5\n0.5,0.5\n0.5,0.5\n", ":2:1: error: in the column lend:Approve there is no probability from 0 to 1")]
    [InlineData(Header + "0.5,0.5\n0.5\n0.5,0.5\n", ":3:1: error: in the column lend:Decline there is no probability from 0 to 1")]
    [InlineData(Header + "0.5,0.5\n0,0\n0.5,0.5\n", ":3:1: error: every probability is 0")]
    public void A_table_that_does_not_fit_is_refused_with_the_line(string text, string problem)
    {
        var path = Table(text);
        var refusal = Assert.Throws<DomainException>(() => TeacherLabels.Teach(_domain, path, _rows));
        Assert.StartsWith(path + problem, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_table_is_said() =>
        Assert.Contains("cannot be read", Assert.Throws<DomainException>(() => TeacherLabels.Teach(_domain, _lending.PathOf("missing.csv"), _rows)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_model_teaches_what_it_proposes()
    {
        var taught = TeacherLabels.Teach(_domain, _domain.ModelFolder!, _rows);

        Assert.All(_rows.Zip(taught), pair =>
        {
            var proposal = _domain.Proposer!.Propose(pair.First.Row);
            Assert.All(pair.Second.Teacher!, each => Assert.Equal(proposal.ProbabilityOf(each.Key), each.Value, 1e-6));
            Assert.Equal(1, pair.Second.Teacher!.Values.Sum(), 1e-6);
        });
    }

    [Fact]
    public void A_folder_without_a_model_cannot_teach()
    {
        Directory.CreateDirectory(_lending.PathOf("empty"));
        Assert.Contains(_lending.PathOf("empty"), Assert.Throws<ModelException>(() => TeacherLabels.Teach(_domain, _lending.PathOf("empty"), _rows)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_reads_what_the_domain_does_not_give_is_refused_by_the_feature()
    {
        _lending.ChangeManifest(manifest =>
        {
            manifest["features"]!.AsArray().RemoveAt(1);
            manifest["segments"]!.AsArray().Clear();
        });
        using var other = _lending.Load(withModel: false);
        var rows = LabelledCases.ReadFeatures(other, _lending.TableOf(3));
        var refusal = Assert.Throws<DomainException>(() => TeacherLabels.Teach(other, other.ModelFolder!, rows));
        Assert.Contains("the teacher reads the numeric feature durationMonths, which the domain lending does not give", refusal.Message, StringComparison.Ordinal);
    }

    private string Table(string text) => _lending.Write("teacher.csv", text);
}
