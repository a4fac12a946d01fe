using System.Runtime.InteropServices;
using Google.Protobuf;
using Reasoner.Experts.Onnx.Format;

namespace Reasoner.Experts.Onnx;

/// <summary>Reads the weights of a mixture back from a file that <see cref="MixtureExporter"/> wrote, in either form, to the bit.</summary>
internal static class MixtureReader
{
    /// <exception cref="ModelException">The file does not hold the weights that its card describes.</exception>
    public static TrainedMixture Read(byte[] model, ModelCard card, string file)
    {
        ModelGuard.Check(model, file);
        var tensors = Tensors(model, file);
        var encoder = card.Features.ToEncoder();
        var policy = card.Policy?.ToPolicy();
        var shape = new MixtureShape(
            encoder.Width, card.Architecture.Hidden, card.Experts.Count, card.Classes.Count + (policy?.Answers.Count ?? 0));
        // A card can name any size; what the file holds bounds what is made of it.
        if (shape.Hidden < 1 || (double)shape.Experts * shape.Hidden * shape.Inputs > model.Length || shape.Size > model.Length / sizeof(float))
            throw new ModelException($"{file} does not fit its card: it cannot hold the {shape.Size} parameters of {shape.Hidden} hidden units.", ModelFolder.DamageAdvice);
        var parameters = new double[shape.Parameters];
        Take("gate_weights", shape.GateWeights);
        Take("gate_bias", shape.GateBias);
        Take("shared_weights", shape.SharedWeights);
        Take("shared_bias", shape.SharedBias);
        var isOperator = MixtureExporter.FormOf(model) == ExpertForm.Operator;
        TakeLayer("hidden", shape.HiddenWeights, shape.HiddenBias, shape.Inputs, shape.Hidden, isOperator, shape.Hidden);
        TakeLayer("opinions", shape.OutputWeights, shape.OutputBias, shape.Hidden, shape.Outputs, isOperator, shape.Inputs);
        return new(
            new(shape, parameters), encoder, card.Classes, card.Training.Options, card.Training.Temperature, card.Training.HeldOutRows, card.Data.Rows,
            [.. card.Experts.Select(expert => expert.Load)])
        {
            Experts = [.. card.Experts.Select(expert => new TrainedExpert(expert.Name, expert.Segment))],
            Policy = policy,
        };

        void Take(string name, Range block) => Copy(Floats(name, parameters.AsSpan(block).Length), parameters.AsSpan(block));

        // The runtime's operator has rows of outputs, the last of them empty; gathered weights have rows of inputs.
        void TakeLayer(string name, Func<int, Range> weights, Func<int, Range> bias, int width, int height, bool isByOutput, int paddedHeight)
        {
            var rows = isByOutput ? paddedHeight : height;
            var all = Floats($"{name}_weights", shape.Experts * width * rows);
            var biases = Floats($"{name}_bias", shape.Experts * rows);
            for (var expert = 0; expert < shape.Experts; expert++)
            {
                Copy(biases.Slice(expert * rows, height), parameters.AsSpan(bias(expert)));
                var source = all.Slice(expert * width * rows, width * rows);
                var target = parameters.AsSpan(weights(expert));
                for (var row = 0; row < height; row++)
                    for (var column = 0; column < width; column++) target[row * width + column] = source[isByOutput ? row * width + column : column * height + row];
            }
        }

        ReadOnlySpan<float> Floats(string name, int length)
        {
            var floats = tensors.TryGetValue(name, out var tensor) ? MemoryMarshal.Cast<byte, float>(tensor.RawData.Span) : [];
            return floats.Length == length
                ? floats
                : throw new ModelException($"{file} does not fit its card: it has {floats.Length} numbers in \"{name}\", and should have {length}.", ModelFolder.DamageAdvice);
        }

        static void Copy(ReadOnlySpan<float> floats, Span<double> target)
        {
            for (var i = 0; i < target.Length; i++) target[i] = floats[i];
        }
    }

    private static Dictionary<string, TensorProto> Tensors(byte[] model, string file)
    {
        try
        {
            return ModelProto.Parser.ParseFrom(model).Graph?.Initializer.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal) ?? [];
        }
        catch (Exception broken) when (broken is InvalidProtocolBufferException or ArgumentException)
        {
            throw new ModelException($"{file} is not a model that was written here: {broken.Message}", ModelFolder.DamageAdvice, broken);
        }
    }
}
