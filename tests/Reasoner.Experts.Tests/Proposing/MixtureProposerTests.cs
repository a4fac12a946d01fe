using System.Text;

namespace Reasoner.Experts.Tests.Proposing;

public sealed class MixtureProposerTests : IDisposable
{
    private static readonly TrainingDataCard Data = new("cases.csv", new('0', 64), 300, "Made up for this test; public domain");

    private static readonly Lazy<TrainedMixture> Mixture = new(() => MixtureTrainer.Train(
        SyntheticCases.AllKinds, SyntheticCases.Mixed(300, 1), new() { Epochs = 10, ExpertNames = ["north", "east", "south", "west"] }));

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("reasoner-model-");

    private string ModelPath => Path.Combine(_folder.FullName, ModelFolder.ModelFile);

    private string CardPath => Path.Combine(_folder.FullName, ModelFolder.CardFile);

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Proposes_what_the_trainer_proposes_also_for_missing_and_unseen_values()
    {
        using var proposer = Publish();
        foreach (var row in Rows(200))
        {
            foreach (var topK in (int?[])[null, 1, 3, 4])
            {
                var expected = Mixture.Value.Propose(row, topK);
                var actual = proposer.Propose(row, topK);
                Assert.Equal(topK ?? 2, actual.ExpertsRun);
                Assert.Equal(expected.Experts.Select(expert => expert.Name), actual.Experts.Select(expert => expert.Name));
                Assert.All(expected.Answers, answer => Assert.Equal(answer.Probability, actual.ProbabilityOf(answer.Answer), 1e-4));
                Assert.Equal(1, actual.Answers.Sum(answer => answer.Probability), 1e-5);
                Assert.Equal(1, actual.Experts.Sum(expert => expert.Weight), 1e-5);
                Assert.Equal(actual.Answers.OrderByDescending(answer => answer.Probability), actual.Answers);
                Assert.Equal(actual.Experts.OrderByDescending(expert => expert.Weight), actual.Experts);
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(150)]
    public void A_batch_gives_each_row_what_it_gets_alone(int count)
    {
        using var proposer = Publish();
        var rows = Rows(count);
        var batch = proposer.Propose(rows);
        Assert.Equal(count, batch.Count);
        for (var i = 0; i < count; i++)
        {
            var alone = proposer.Propose(rows[i]);
            Assert.Equal(alone.Experts.Select(expert => expert.Name), batch[i].Experts.Select(expert => expert.Name));
            Assert.All(alone.Answers, answer => Assert.Equal(answer.Probability, batch[i].ProbabilityOf(answer.Answer), 1e-5));
        }
    }

    [Fact]
    public void Many_threads_get_what_one_gets()
    {
        using var proposer = Publish();
        var rows = Rows(100);
        var sequential = rows.Select(row => proposer.Propose(row)).ToList();
        Parallel.For(0, 4000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            var expected = sequential[i % rows.Count];
            var actual = proposer.Propose(rows[i % rows.Count], i % 3 == 0 ? 2 : null);
            Assert.Equal(expected.Answers, actual.Answers);
            Assert.Equal(expected.Experts, actual.Experts);
        });
    }

    [Fact]
    public void The_same_training_writes_the_same_bytes_and_no_carriage_return()
    {
        Publish().Dispose();
        var (model, card) = (File.ReadAllBytes(ModelPath), File.ReadAllBytes(CardPath));
        var again = MixtureTrainer.Train(SyntheticCases.AllKinds, SyntheticCases.Mixed(300, 1), Mixture.Value.Options);
        ModelFolder.Write(_folder.FullName, again, "test", Data);
        Assert.Equal(model, File.ReadAllBytes(ModelPath));
        Assert.Equal(card, File.ReadAllBytes(CardPath));
        Assert.DoesNotContain((byte)'\r', card);
        Assert.Equal(2, _folder.GetFiles().Length);
    }

    [Fact]
    public void The_card_says_what_a_reader_judges_the_model_by()
    {
        var metrics = CrossValidation.Run(SyntheticCases.AllKinds, SyntheticCases.Mixed(120, 1), new() { Epochs = 3 }, folds: 3);
        var written = ModelFolder.Write(_folder.FullName, Mixture.Value, "test", Data, metrics, ["Not for real cases."]);
        using var proposer = MixtureProposer.Load(_folder.FullName);
        var card = proposer.Card;
        Assert.Equal(written.ModelSha256, card.ModelSha256);
        Assert.Equal(Data, card.Data);
        Assert.Equal(3, card.Metrics!.Folds);
        Assert.Equal(metrics.Auc.Mean, card.Metrics.Auc!.Mean);
        Assert.Equal(metrics.LogLoss.Deviation, card.Metrics.LogLoss.Deviation);
        Assert.Equal(["north", "east", "south", "west"], card.Experts.Select(expert => expert.Name));
        Assert.Equal(["car", "house", "school"], card.Features[1].Vocabulary!);
        Assert.Equal(Mixture.Value.Temperature, card.Training.Temperature);
        Assert.Equal(1, card.Training.Options.Seed);
        Assert.Contains("Not for real cases.", card.Limitations);
    }

    [Fact]
    public void A_data_file_is_described_by_its_name_and_content()
    {
        var file = Path.Combine(_folder.FullName, "past.csv");
        File.WriteAllText(file, "abc");
        Assert.Equal(
            new TrainingDataCard("past.csv", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", 7, "ours"),
            TrainingDataCard.Of(file, 7, "ours"));
    }

    [Fact]
    public void A_missing_folder_model_or_card_is_named()
    {
        AssertRefused("There is no model card");
        Publish().Dispose();
        File.Delete(ModelPath);
        AssertRefused("There is no model file");
    }

    [Fact]
    public void A_model_with_one_bit_changed_is_refused()
    {
        Publish().Dispose();
        var bytes = File.ReadAllBytes(ModelPath);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(ModelPath, bytes);
        AssertRefused("SHA-256");
    }

    [Fact]
    public void Bytes_that_are_no_model_are_refused_even_when_the_card_vouches_for_them()
    {
        Publish().Dispose();
        var bytes = Encoding.UTF8.GetBytes("not a model");
        File.WriteAllBytes(ModelPath, bytes);
        EditCard(card => card.Replace(ShaOnCard(card), ModelFolder.Sha256(bytes), StringComparison.Ordinal));
        AssertRefused("is not a model that was written here");
    }

    [Theory]
    [InlineData("\"urn:c\"", "\"urn:c\", \"urn:d\"", "probabilities")]
    [InlineData("\"school\"", "\"school\", \"boat\"", "inputs")]
    [InlineData("\"topK\": 2,\n    \"parameters\"", "\"topK\": 9,\n    \"parameters\"", "more experts than it names")]
    [InlineData("{\n      \"name\": \"west\",", "{ \"name\": \"up\", \"load\": 0 }, {\n      \"name\": \"west\",", "names 5 experts")]
    [InlineData("\"version\": 2,", "\"version\": 7,", "version 7")]
    [InlineData("\"scale\": ", "\"scale\": -", "how the feature \"amount\" is encoded")]
    [InlineData("\"classes\": [", "\"classes\": null, \"was\": [", "not a model card")]
    [InlineData("\"name\": \"test\",", "", "not a model card")]
    [InlineData("{", "", "not a model card")]
    public void A_card_that_does_not_fit_its_model_is_refused(string find, string put, string problem)
    {
        Publish().Dispose();
        EditCard(card =>
        {
            var at = card.IndexOf(find, StringComparison.Ordinal);
            Assert.True(at >= 0, $"{find} is not on the card:\n{card}");
            return card[..at] + put + card[(at + find.Length)..];
        });
        AssertRefused(problem);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void More_experts_than_there_are_cannot_be_run(int topK)
    {
        using var proposer = Publish();
        Assert.Throws<ModelException>(() => proposer.Propose(Rows(1)[0], topK));
    }

    [Fact]
    public void Refuses_to_work_after_it_is_disposed()
    {
        var proposer = Publish();
        proposer.Propose(Rows(1)[0]);
        proposer.Dispose();
        proposer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => proposer.Propose(Rows(1)[0]));
    }

    [Fact]
    public void A_pattern_seen_again_is_answered_from_the_cache_and_the_cache_is_bounded()
    {
        ModelFolder.Write(_folder.FullName, Mixture.Value, "test", Data);
        using var proposer = MixtureProposer.Load(_folder.FullName, cachePlaces: 16);
        using var uncached = MixtureProposer.Load(_folder.FullName, cachePlaces: 0);
        var rows = Rows(400);
        foreach (var row in rows.Concat(rows))
        {
            var proposal = proposer.Propose(row);
            Assert.Same(proposal, proposer.Propose(row));
            Assert.Equal(uncached.Propose(row).Answers, proposal.Answers);
        }

        Assert.Equal(1600, proposer.CacheUse.Hits + proposer.CacheUse.Misses);
        Assert.InRange(proposer.CacheUse.Hits, 800, 1600);
        Assert.Equal(16, proposer.CacheUse.Places);
        Assert.Equal(default, uncached.CacheUse);
        // Another number of experts is another question.
        Assert.NotSame(proposer.Propose(rows[0], 1), proposer.Propose(rows[0], 2));
    }

    [Fact]
    public void Proposing_allocates_nothing_but_the_proposal_and_nothing_at_all_for_a_pattern_seen_again()
    {
        ModelFolder.Write(_folder.FullName, Mixture.Value, "test", Data);
        using var proposer = MixtureProposer.Load(_folder.FullName, cachePlaces: 0);
        using var cached = MixtureProposer.Load(_folder.FullName);
        var row = Rows(1)[0];
        var proposal = Allocated(() => proposer.Propose(row));
        // A record, a list of three answers and one of two experts, with headers and room for padding.
        Assert.InRange(proposal, 1, 240);
        Assert.Equal(0, Allocated(() => cached.Propose(row)));

        static long Allocated(Action propose)
        {
            for (var i = 0; i < 200; i++) propose();
            var least = long.MaxValue;
            for (var i = 0; i < 20; i++)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                propose();
                least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            }

            return least;
        }
    }

    private static List<FeatureRow> Rows(int count)
    {
        var random = new Random(7);
        return [.. Enumerable.Range(0, count).Select(_ => SyntheticCases.MixedRow(random, "car", "house", "unseen"))];
    }

    private static string ShaOnCard(string card)
    {
        const string key = "\"modelSha256\": \"";
        return card.Substring(card.IndexOf(key, StringComparison.Ordinal) + key.Length, 64);
    }

    private MixtureProposer Publish()
    {
        ModelFolder.Write(_folder.FullName, Mixture.Value, "test", Data);
        return MixtureProposer.Load(_folder.FullName);
    }

    private void EditCard(Func<string, string> edit) => File.WriteAllText(CardPath, edit(File.ReadAllText(CardPath)));

    private void AssertRefused(string problem)
    {
        var refusal = Assert.Throws<ModelException>(() => MixtureProposer.Load(_folder.FullName));
        Assert.Contains(problem, refusal.Message, StringComparison.Ordinal);
        Assert.NotEmpty(refusal.Advice);
    }
}
