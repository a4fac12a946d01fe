using Microsoft.ML.OnnxRuntime;
using Reasoner.Experts.Onnx;

namespace Reasoner.Benchmarks;

/// <summary>Buffers bound once to a model's features and probabilities, as <see cref="BoundRun"/> binds those of a mixture.</summary>
internal sealed class DenseRun : IDisposable
{
    private readonly InferenceSession _session;
    private readonly OrtIoBinding _binding;
    private readonly RunOptions _options = new();
    private readonly OrtValue _input;
    private readonly OrtValue _output;
    private readonly float[] _features;
    private readonly float[] _probabilities;
    private readonly int _columns;
    private readonly int _classes;

    public DenseRun(InferenceSession session, int rows, int columns, int classes)
    {
        _session = session;
        _columns = columns;
        _classes = classes;
        _features = new float[rows * columns];
        _probabilities = new float[rows * classes];
        _input = OrtValue.CreateTensorValueFromMemory(_features, [rows, columns]);
        _output = OrtValue.CreateTensorValueFromMemory(_probabilities, [rows, classes]);
        _binding = session.CreateIoBinding();
        _binding.BindInput(MixtureExporter.FeaturesInput, _input);
        _binding.BindOutput(MixtureExporter.ProbabilitiesOutput, _output);
    }

    public Span<float> Features(int row) => _features.AsSpan(row * _columns, _columns);

    public ReadOnlySpan<float> Probabilities(int row) => _probabilities.AsSpan(row * _classes, _classes);

    public void Run() => _session.RunWithBinding(_options, _binding);

    public void Dispose()
    {
        _binding.Dispose();
        _input.Dispose();
        _output.Dispose();
        _options.Dispose();
    }
}
