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
            return new(model, session, encoder, card, cachePlaces);
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
        var pattern = run.Features(0);
        _encoder.Encode(row, pattern);
        if (!_cache.TryGet(pattern, k, out var proposal))
        {
            run.Run();
            proposal = Read(run, 0);
            _cache.Keep(pattern, k, proposal);
        }

        Return(run, 1, k);
        return proposal;
    }

    /// <summary>Proposes answers for many cases; each gets what it would get alone.</summary>
    /// <param name="rows">The cases' feature values.</param>
    /// <param name="topK">How many experts run for each; as many as in training when left out.</param>
    /// <param name="cancellation">Stops between two groups of rows.</param>
    /// <exception cref="ModelException">A row does not fit the schema, or there are not that many experts.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public IReadOnlyList<Proposal> Propose(IReadOnlyList<FeatureRow> rows, int? topK = null, CancellationToken cancellation = default)
    {
        var k = Check(topK);
        for (var i = 0; i < rows.Count; i++) Schema.Check(rows[i], $"Row {i + 1}");
        var proposals = new Proposal[rows.Count];
        var run = Rent(BatchRows, k);
        for (var start = 0; start < rows.Count; start += BatchRows)
        {
            cancellation.ThrowIfCancellationRequested();
            var count = Math.Min(BatchRows, rows.Count - start);
            // Places after the last row still hold an earlier one; what comes of them is not read.
            for (var i = 0; i < count; i++) _encoder.Encode(rows[start + i], run.Features(i));
            run.Run();
            for (var i = 0; i < count; i++) proposals[start + i] = Read(run, i);
        }

        Return(run, BatchRows, k);
        return proposals;
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

    private static void CheckAgainst(ModelCard card, FeatureEncoder encoder, InferenceSession session, string file, string advice)
    {
        var experts = session.ModelMetadata.CustomMetadataMap.GetValueOrDefault(MixtureExporter.ExpertsMetadata);
        Require(card.Classes.Count >= 2 && card.Experts.Count >= 1 && !card.Classes.Contains(null!), "the card names no answers or no experts");
        Require(card.Architecture.TopK >= 1 && card.Architecture.TopK <= card.Experts.Count, "the card runs more experts than it names");
        Require(experts == card.Experts.Count.ToString(System.Globalization.CultureInfo.InvariantCulture), $"the card names {card.Experts.Count} experts, the model has {experts ?? "none"}");
        Require(encoder.Width == card.Architecture.Inputs, $"the card's features make {encoder.Width} inputs, its architecture says {card.Architecture.Inputs}");
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

        void Require(bool holds, string problem)
        {
            if (!holds) throw new ModelException($"{file} does not fit its card: {problem}.", advice);
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

    private Proposal Read(BoundRun run, int row) =>
        Proposal.Of(_classes, run.Probabilities(row), _experts, run.Experts(row), run.Weights(row), Policy?.Answers, run.Preferences(row));
}
