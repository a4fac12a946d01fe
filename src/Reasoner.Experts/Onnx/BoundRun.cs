using Microsoft.ML.OnnxRuntime;

namespace Reasoner.Experts.Onnx;

/// <summary>
/// Buffers bound once to a mixture's inputs and outputs, for a fixed number of rows and experts: running it again
/// allocates nothing. One thread uses it at a time; many may share a session.
/// </summary>
internal sealed class BoundRun : IDisposable
{
    private readonly InferenceSession _session;
    private readonly OrtIoBinding _binding;
    private readonly RunOptions _options = new();
    private readonly List<OrtValue> _values = [];
    private readonly int _columns;
    private readonly int _topK;
    private readonly int _classes;
    private readonly int _policyAnswers;
    private readonly float[] _features;
    private readonly float[] _probabilities;
    private readonly float[] _preferences;
    private readonly long[] _experts;
    private readonly float[] _weights;

    public BoundRun(InferenceSession session, int rows, int columns, int topK, int classes, int policyAnswers)
    {
        _session = session;
        _columns = columns;
        _topK = topK;
        _classes = classes;
        _policyAnswers = policyAnswers;
        _features = new float[rows * columns];
        _probabilities = new float[rows * classes];
        _preferences = new float[rows * policyAnswers];
        _experts = new long[rows * topK];
        _weights = new float[rows * topK];
        _binding = session.CreateIoBinding();
        _binding.BindInput(MixtureExporter.FeaturesInput, Value(_features, rows, columns));
        _binding.BindInput(MixtureExporter.TopKInput, Value<long>([topK], 1));
        _binding.BindOutput(MixtureExporter.ProbabilitiesOutput, Value(_probabilities, rows, classes));
        if (policyAnswers > 0) _binding.BindOutput(MixtureExporter.PreferencesOutput, Value(_preferences, rows, policyAnswers));
        _binding.BindOutput(MixtureExporter.ExpertsOutput, Value(_experts, rows, topK));
        _binding.BindOutput(MixtureExporter.WeightsOutput, Value(_weights, rows, topK));
    }

    /// <summary>Where to put a row's encoded features.</summary>
    public Span<float> Features(int row) => _features.AsSpan(row * _columns, _columns);

    public ReadOnlySpan<float> Probabilities(int row) => _probabilities.AsSpan(row * _classes, _classes);

    /// <summary>The policy's preferences; empty where the model has no policy.</summary>
    public ReadOnlySpan<float> Preferences(int row) => _preferences.AsSpan(row * _policyAnswers, _policyAnswers);

    public ReadOnlySpan<long> Experts(int row) => _experts.AsSpan(row * _topK, _topK);

    public ReadOnlySpan<float> Weights(int row) => _weights.AsSpan(row * _topK, _topK);

    public void Run() => _session.RunWithBinding(_options, _binding);

    public void Dispose()
    {
        _binding.Dispose();
        foreach (var value in _values) value.Dispose();
        _options.Dispose();
    }

    private OrtValue Value<T>(T[] memory, params long[] shape)
        where T : unmanaged
    {
        var value = OrtValue.CreateTensorValueFromMemory(memory, shape);
        _values.Add(value);
        return value;
    }
}
