using System.Collections.Concurrent;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Reasoner.Experts.Onnx;

namespace Reasoner.Experts;

/// <summary>
/// Proposes answers with a model from disk, on ONNX Runtime. One proposer serves any number of threads at once; a call
/// computes on its caller's thread, in buffers that are bound to the model once and used again.
/// </summary>
public sealed class MixtureProposer : IDisposable
{
    /// <summary>The most rows of one batch: a bound on what its results can take. More are more batches.</summary>
    public const int MaximumRows = 1_000_000;

    /// <summary>Rows that a batch runs at a time: enough to spread a call's fixed cost, few enough to stay in cache.</summary>
    private const int BatchRows = 64;

    private const int DefaultCachePlaces = 4096;

    private readonly byte[] _model;
    private readonly FeatureEncoder _encoder;
    private readonly string[] _classes;
    private readonly string[] _experts;
    private readonly ProposalCache _cache;
    private readonly ConcurrentDictionary<int, Lazy<InferenceSession>> _sessions = new();
    private readonly ConcurrentDictionary<(int Rows, int TopK), ConcurrentBag<BoundRun>> _idle = new();
    private volatile bool _isDisposed;

    private MixtureProposer(byte[] model, InferenceSession session, FeatureEncoder encoder, ModelCard card, int cachePlaces)
    {
        _model = model;
        _encoder = encoder;
        _classes = [.. card.Classes];
        _experts = [.. card.Experts.Select(expert => expert.Name)];
        _cache = new(cachePlaces);
        _sessions[card.Architecture.TopK] = new(session);
        Card = card;
        Policy = card.Policy?.ToPolicy();
        NarrowExperts = [.. card.Experts.Where(expert => expert.Segment is not null).Select(expert => expert.Name)];
    }

    /// <summary>The model's card.</summary>
    public ModelCard Card { get; }

    /// <summary>The features that rows must give.</summary>
    public FeatureSchema Schema => _encoder.Schema;

    /// <summary>The answers that the model knows, in ordinal order.</summary>
    public IReadOnlyList<string> Classes => _classes;

    /// <summary>The policy that says in which order answers are tried; null where the model has none.</summary>
    public ProposingPolicy? Policy { get; }

    /// <summary>The names of the experts that were trained on a segment alone.</summary>
    public IReadOnlyList<string> NarrowExperts { get; }

    /// <summary>How the cache of feature patterns has been used.</summary>
    public CacheUse CacheUse => _cache.Use;

    /// <summary>How many experts there are: the most that can run.</summary>
    public int ExpertCount => _experts.Length;

    /// <summary>How many experts run unless more or fewer are asked for.</summary>
    public int TopK => Card.Architecture.TopK;

    /// <summary>Opens the model of a folder, and makes sure that file and card belong together.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="cachePlaces">How many feature patterns to keep proposals of: a power of two, or 0 for none.</param>
    /// <exception cref="ModelException">The model or its card is missing, damaged, or not the other's; the message says what to do.</exception>
    public static MixtureProposer Load(string folder, int cachePlaces = DefaultCachePlaces)
    {
        if (cachePlaces != 0 && !int.IsPow2(cachePlaces)) throw new ArgumentException($"{cachePlaces} is not a power of two.", nameof(cachePlaces));
        const string advice = ModelFolder.DamageAdvice;
        var (card, model) = ModelFolder.ReadFiles(folder);
        var file = Path.Combine(folder, ModelFolder.ModelFile);
        var encoder = card.Features.ToEncoder();
        CheckCard(card, encoder, file, advice);
        ModelGuard.Check(model, file);
        InferenceSession session;
        try
        {
            session = OnnxEnvironment.Open(MixtureExporter.ForTopK(model, card.Architecture.TopK));
        }
        catch (OnnxRuntimeException refused)
        {
            throw new ModelException($"ONNX Runtime cannot load {file}: {refused.Message}", advice, refused);
        }

        try
        {
            CheckAgainst(card, encoder, session, file, advice);
            var proposer = new MixtureProposer(model, session, encoder, card, cachePlaces);
            proposer.Try();
            return proposer;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Proposes answers for one case.</summary>
    /// <param name="row">The case's feature values.</param>
    /// <param name="topK">How many experts run; as many as in training when left out. More experts
    /// are more thorough and cost more; the probabilities are calibrated for as many as in training.</param>
    /// <exception cref="ModelException">The row does not fit the schema, or there are not that many experts.</exception>
    public Proposal Propose(FeatureRow row, int? topK = null)
    {
        var k = Check(topK);
        Schema.Check(row, "The row");
        var run = Rent(1, k);
        try
        {
            var pattern = run.Features(0);
            _encoder.Encode(row, pattern);
            if (_cache.TryGet(pattern, k, out var proposal)) return proposal;
            Compute(run);
            proposal = Read(run, 0);
            _cache.Keep(pattern, k, proposal);
            return proposal;
        }
        finally
        {
            Return(run, 1, k);
        }
    }

    /// <summary>Proposes answers for many cases; each gets what it would get alone.</summary>
    /// <param name="rows">The cases' feature values.</param>
    /// <param name="topK">How many experts run for each; as many as in training when left out.</param>
    /// <param name="cancellation">Stops between two groups of rows.</param>
    /// <exception cref="ModelException">A row does not fit the schema, there are not that many experts, or more than <see cref="MaximumRows"/> rows.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public IReadOnlyList<Proposal> Propose(IReadOnlyList<FeatureRow> rows, int? topK = null, CancellationToken cancellation = default)
    {
        var k = Check(topK);
        if (rows.Count > MaximumRows)
            throw new ModelException($"A batch of {rows.Count} rows is too large.", $"Give at most {MaximumRows} rows at a time.");
        for (var i = 0; i < rows.Count; i++)
        {
            if (i % BatchRows == 0) cancellation.ThrowIfCancellationRequested();
            Schema.Check(rows[i], i);
        }

        var proposals = new Proposal[rows.Count];
        var run = Rent(BatchRows, k);
        try
        {
            for (var start = 0; start < rows.Count; start += BatchRows)
            {
                cancellation.ThrowIfCancellationRequested();
                var count = Math.Min(BatchRows, rows.Count - start);
                // Places after the last row still hold an earlier one; what comes of them is not read.
                for (var i = 0; i < count; i++) _encoder.Encode(rows[start + i], run.Features(i));
                Compute(run);
                for (var i = 0; i < count; i++) proposals[start + i] = Read(run, i);
            }

            return proposals;
        }
        finally
        {
            Return(run, BatchRows, k);
        }
    }

    /// <summary>Frees the model. No call may be under way.</summary>
    public void Dispose()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        foreach (var runs in _idle.Values)
            foreach (var run in runs) run.Dispose();
        foreach (var session in _sessions.Values)
            if (session.IsValueCreated) session.Value.Dispose();
    }

    /// <summary>What a card must say before its numbers are given to ONNX Runtime.</summary>
    private static void CheckCard(ModelCard card, FeatureEncoder encoder, string file, string advice)
    {
        Require(card.Classes.Count >= 2 && card.Experts.Count >= 1, "the card names no answers or no experts");
        Require(card.Architecture.TopK >= 1 && card.Architecture.TopK <= card.Experts.Count, "the card runs more experts than it names");
        Require(encoder.Width == card.Architecture.Inputs, $"the card's features make {encoder.Width} inputs, its architecture says {card.Architecture.Inputs}");

        void Require(bool holds, string problem) => RequireFit(holds, file, problem, advice);
    }

    private static void CheckAgainst(ModelCard card, FeatureEncoder encoder, InferenceSession session, string file, string advice)
    {
        var experts = session.ModelMetadata.CustomMetadataMap.GetValueOrDefault(MixtureExporter.ExpertsMetadata);
        Require(experts == card.Experts.Count.ToString(System.Globalization.CultureInfo.InvariantCulture), $"the card names {card.Experts.Count} experts, the model has {experts ?? "none"}");
        Expect(session.InputMetadata, MixtureExporter.FeaturesInput, TensorElementType.Float, -1, encoder.Width);
        Expect(session.InputMetadata, MixtureExporter.TopKInput, TensorElementType.Int64, 1);
        Expect(session.OutputMetadata, MixtureExporter.ProbabilitiesOutput, TensorElementType.Float, -1, card.Classes.Count);
        Require(
            session.OutputMetadata.ContainsKey(MixtureExporter.PreferencesOutput) == card.Policy is not null,
            "one of the two has a policy and the other has none");
        if (card.Policy is { } policy) Expect(session.OutputMetadata, MixtureExporter.PreferencesOutput, TensorElementType.Float, -1, policy.Answers.Count);
        Expect(session.OutputMetadata, MixtureExporter.ExpertsOutput, TensorElementType.Int64, -1, -1);
        Expect(session.OutputMetadata, MixtureExporter.WeightsOutput, TensorElementType.Float, -1, -1);

        void Expect(IReadOnlyDictionary<string, NodeMetadata> tensors, string name, TensorElementType type, params int[] shape)
        {
            Require(tensors.TryGetValue(name, out var tensor), $"the model has no tensor named \"{name}\"");
            Require(
                tensor!.ElementDataType == type && tensor.Dimensions.AsSpan().SequenceEqual(shape),
                $"the model's \"{name}\" is {tensor.ElementDataType} [{string.Join(", ", tensor.Dimensions)}], and should be {type} [{string.Join(", ", shape)}]");
        }

        void Require(bool holds, string problem) => RequireFit(holds, file, problem, advice);
    }

    private static void RequireFit(bool holds, string file, string problem, string advice)
    {
        if (!holds) throw new ModelException($"{file} does not fit its card: {problem}.", advice);
    }

    /// <summary>
    /// Computes one row of zeros, so that a model whose operators do not fit each other is refused when it is opened and
    /// not when it is asked.
    /// </summary>
    private void Try()
    {
        using var run = new BoundRun(SessionFor(TopK), 1, _encoder.Width, TopK, _classes.Length, Policy?.Answers.Count ?? 0);
        Compute(run);
        Read(run, 0);
    }

    private static void Compute(BoundRun run)
    {
        try
        {
            run.Run();
        }
        catch (OnnxRuntimeException failed)
        {
            throw new ModelException($"ONNX Runtime cannot compute the model: {failed.Message}", ModelFolder.DamageAdvice, failed);
        }
    }

    private int Check(int? topK)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        var k = topK ?? TopK;
        if (k < 1 || k > ExpertCount)
            throw new ModelException($"{k} experts cannot be run.", $"The model has {ExpertCount}: ask for 1 to {ExpertCount}.");
        return k;
    }

    private BoundRun Rent(int rows, int topK) =>
        _idle.TryGetValue((rows, topK), out var idle) && idle.TryTake(out var run)
            ? run
            : new(SessionFor(topK), rows, _encoder.Width, topK, _classes.Length, Policy?.Answers.Count ?? 0);

    /// <summary>A file that takes the number of experts as an input has one session for all; another one for each number.</summary>
    private InferenceSession SessionFor(int topK) => _sessions.GetOrAdd(topK, number => new(() =>
    {
        var model = MixtureExporter.ForTopK(_model, number);
        return ReferenceEquals(model, _model) ? _sessions[TopK].Value : OnnxEnvironment.Open(model);
    })).Value;

    private void Return(BoundRun run, int rows, int topK) => _idle.GetOrAdd((rows, topK), _ => []).Add(run);

    /// <exception cref="ModelException">The model gives something else than probabilities and the numbers of experts.</exception>
    private Proposal Read(BoundRun run, int row)
    {
        var probabilities = run.Probabilities(row);
        var preferences = run.Preferences(row);
        var experts = run.Experts(row);
        var weights = run.Weights(row);
        // Weights that training never gives can still overflow; a rank or a verdict must not rest on what comes of it.
        if (!AreShares(probabilities) || !AreShares(preferences) || !AreShares(weights) || !AreExperts(experts, _experts.Length))
            throw new ModelException("The model gives something else than probabilities for this case.", ModelFolder.DamageAdvice);
        return Proposal.Of(_classes, probabilities, _experts, experts, weights, Policy?.Answers, preferences);
    }

    private static bool AreShares(ReadOnlySpan<float> numbers)
    {
        // Not-a-number is in no range; rounding may leave 1 by a little.
        foreach (var number in numbers)
            if (number is not (>= 0 and <= 1.001f)) return false;
        return true;
    }

    private static bool AreExperts(ReadOnlySpan<long> numbers, int count)
    {
        foreach (var number in numbers)
            if (number < 0 || number >= count) return false;
        return true;
    }
}
