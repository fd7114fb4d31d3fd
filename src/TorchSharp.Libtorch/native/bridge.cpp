// The whole native half of TorchSharp.Libtorch: plain C over libtorch. Operators are looked up by schema name in the ATen dispatcher and
// called boxed, so every operator (autograd included) is reachable through tl_call. Builds on libtorch 1.13 and on current releases.
//
// Ownership: a tensor handle is a heap-allocated at::Tensor that the caller frees with tl_free. Every function that can fail returns 0 on
// success and 1 on failure; tl_error() then gives the message on the same thread.

#include <cstdint>
#include <cstring>
#include <sstream>
#include <string>
#include <vector>

#include <ATen/Parallel.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/grad_mode.h>
#include <torch/script.h>
#include <torch/torch.h>

#define TL_API extern "C" __attribute__((visibility("default")))

namespace {

thread_local std::string last_error;

enum Tag : int32_t { None, TensorTag, Int, Double, Bool, IntList, DoubleList, TensorList, String, DeviceTag };

struct Value {
    int32_t tag;
    int32_t length;
    union {
        int64_t integer;
        double real;
        void* pointer;
    };
};

at::Tensor& tensor(void* handle) { return *static_cast<at::Tensor*>(handle); }

void* give(at::Tensor value) { return new at::Tensor(std::move(value)); }

template <typename Body> int guarded(Body body) {
    try {
        body();
        return 0;
    } catch (const c10::Error& e) {
        last_error = e.what_without_backtrace();
    } catch (const std::exception& e) {
        last_error = e.what();
    }
    return 1;
}

std::string shapes(const Value* arguments, int count) {
    std::ostringstream text;
    for (int i = 0; i < count; ++i) {
        if (i) text << ", ";
        const Value& v = arguments[i];
        switch (v.tag) {
        case TensorTag: text << tensor(v.pointer).toString() << tensor(v.pointer).sizes(); break;
        case Int: text << v.integer; break;
        case Double: text << v.real; break;
        case Bool: text << (v.integer ? "true" : "false"); break;
        case IntList: text << at::ArrayRef<int64_t>(static_cast<int64_t*>(v.pointer), v.length); break;
        case TensorList: {
            text << "list of";
            for (int k = 0; k < v.length; ++k)
                if (void* item = static_cast<void**>(v.pointer)[k]) text << ' ' << tensor(item).sizes();
            break;
        }
        default: text << '-';
        }
    }
    return text.str();
}

c10::TypePtr element_of(const c10::TypePtr& type) {
    if (auto optional = type->cast<c10::OptionalType>()) return element_of(optional->getElementType());
    if (auto list = type->cast<c10::ListType>()) return list->getElementType();
    return type;
}

c10::IValue list_of_tensors(const Value& v, const c10::TypePtr& element) {
    void** items = static_cast<void**>(v.pointer);
    if (element->kind() == c10::TypeKind::OptionalType) {
        c10::List<c10::optional<at::Tensor>> list;
        for (int i = 0; i < v.length; ++i) list.push_back(items[i] ? c10::optional<at::Tensor>(tensor(items[i])) : c10::optional<at::Tensor>());
        return list;
    }
    c10::List<at::Tensor> list;
    for (int i = 0; i < v.length; ++i) list.push_back(tensor(items[i]));
    return list;
}

c10::IValue to_ivalue(const Value& v, const c10::TypePtr& type) {
    const c10::TypePtr element = element_of(type);
    switch (v.tag) {
    case None: return c10::IValue();
    case TensorTag: return tensor(v.pointer);
    case Int:
        if (element->kind() == c10::TypeKind::FloatType) return static_cast<double>(v.integer);
        return v.integer;
    case Double: return v.real;
    case Bool: return v.integer != 0;
    case IntList: {
        const int64_t* items = static_cast<int64_t*>(v.pointer);
        if (element->kind() == c10::TypeKind::FloatType) {
            c10::List<double> reals;
            for (int i = 0; i < v.length; ++i) reals.push_back(static_cast<double>(items[i]));
            return reals;
        }
        c10::List<int64_t> list;
        for (int i = 0; i < v.length; ++i) list.push_back(items[i]);
        return list;
    }
    case DoubleList: {
        c10::List<double> list;
        for (int i = 0; i < v.length; ++i) list.push_back(static_cast<double*>(v.pointer)[i]);
        return list;
    }
    case TensorList: return list_of_tensors(v, element);
    case String: return std::string(static_cast<char*>(v.pointer), v.length);
    case DeviceTag: return c10::Device(static_cast<c10::DeviceType>(v.integer), static_cast<c10::DeviceIndex>(v.length));
    }
    throw std::invalid_argument("unknown argument tag " + std::to_string(v.tag));
}

void to_value(const c10::IValue& from, Value& to) {
    std::memset(&to, 0, sizeof to);
    if (from.isTensor()) {
        to.tag = from.toTensor().defined() ? TensorTag : None;
        if (to.tag == TensorTag) to.pointer = give(from.toTensor());
    } else if (from.isInt()) {
        to.tag = Int;
        to.integer = from.toInt();
    } else if (from.isDouble()) {
        to.tag = Double;
        to.real = from.toDouble();
    } else if (from.isBool()) {
        to.tag = Bool;
        to.integer = from.toBool();
    } else if (from.isTensorList()) {
        const auto list = from.toTensorVector();
        void** items = new void*[list.size()];
        for (size_t i = 0; i < list.size(); ++i) items[i] = give(list[i]);
        to.tag = TensorList;
        to.length = static_cast<int32_t>(list.size());
        to.pointer = items;
    } else if (!from.isNone()) {
        throw std::invalid_argument("an operator returned a value of unsupported kind " + from.tagKind());
    }
}

}  // namespace

TL_API const char* tl_error() { return last_error.c_str(); }
TL_API const char* tl_version() { return TORCH_VERSION; }

// ---- operators ----

TL_API int tl_find(const char* name, const char* overload, void** handle) {
    return guarded([&] { *handle = new c10::OperatorHandle(c10::Dispatcher::singleton().findSchemaOrThrow(name, overload)); });
}

TL_API int tl_call(void* handle, const Value* arguments, int count, Value* results, int capacity, int* produced) {
    const auto& op = *static_cast<c10::OperatorHandle*>(handle);
    const int failed = guarded([&] {
        const auto& formal = op.schema().arguments();
        if (static_cast<size_t>(count) > formal.size()) throw std::invalid_argument("too many arguments");
        torch::jit::Stack stack;
        stack.reserve(formal.size());
        for (size_t i = 0; i < formal.size(); ++i) {
            if (i < static_cast<size_t>(count)) {
                stack.push_back(to_ivalue(arguments[i], formal[i].type()));
            } else {
                if (!formal[i].default_value()) throw std::invalid_argument("argument '" + formal[i].name() + "' is missing");
                stack.push_back(*formal[i].default_value());
            }
        }
        op.callBoxed(&stack);
        if (stack.size() > static_cast<size_t>(capacity)) throw std::length_error("more results than expected");
        for (size_t i = 0; i < stack.size(); ++i) to_value(stack[i], results[i]);
        *produced = static_cast<int>(stack.size());
    });
    if (failed) {
        const auto& name = op.schema().operator_name();
        last_error = name.name + (name.overload_name.empty() ? "" : "." + name.overload_name) + "(" + shapes(arguments, count) + "): " + last_error;
    }
    return failed;
}

// ---- tensors ----

TL_API void tl_free(void* handle) { delete static_cast<at::Tensor*>(handle); }
TL_API void tl_free_list(void* items) { delete[] static_cast<void**>(items); }
TL_API void* tl_alias(void* handle) { return give(tensor(handle)); }
TL_API int64_t tl_dim(void* handle) { return tensor(handle).dim(); }
TL_API int64_t tl_numel(void* handle) { return tensor(handle).numel(); }
TL_API int64_t tl_size(void* handle, int64_t dimension) { return tensor(handle).size(dimension); }
TL_API int64_t tl_element_size(void* handle) { return static_cast<int64_t>(tensor(handle).element_size()); }
TL_API int32_t tl_dtype(void* handle) { return static_cast<int32_t>(tensor(handle).scalar_type()); }
TL_API int32_t tl_device_type(void* handle) { return static_cast<int32_t>(tensor(handle).device().type()); }
TL_API int32_t tl_device_index(void* handle) { return tensor(handle).device().index(); }
TL_API int32_t tl_is_contiguous(void* handle) { return tensor(handle).is_contiguous(); }
TL_API int32_t tl_requires_grad(void* handle) { return tensor(handle).requires_grad(); }
TL_API int32_t tl_is_leaf(void* handle) { return tensor(handle).is_leaf(); }

TL_API int tl_data(void* handle, void** data) {
    return guarded([&] { *data = tensor(handle).data_ptr(); });
}

TL_API int tl_from_data(const void* data, const int64_t* sizes, int dimensions, int32_t dtype, void** result) {
    return guarded([&] {
        const auto options = at::TensorOptions().dtype(static_cast<at::ScalarType>(dtype));
        *result = give(at::from_blob(const_cast<void*>(data), at::IntArrayRef(sizes, dimensions), options).clone());
    });
}

TL_API int tl_set_requires_grad(void* handle, int32_t on) {
    return guarded([&] { tensor(handle).set_requires_grad(on != 0); });
}

TL_API int tl_grad(void* handle, void** result) {
    return guarded([&] { *result = tensor(handle).grad().defined() ? give(tensor(handle).grad()) : nullptr; });
}

TL_API int tl_set_grad(void* handle, void* gradient) {
    return guarded([&] { tensor(handle).mutable_grad() = gradient ? tensor(gradient) : at::Tensor(); });
}

TL_API int tl_set_data(void* handle, void* source) {
    return guarded([&] { tensor(handle).set_data(tensor(source)); });
}

TL_API int tl_backward(void* handle, void* gradient, int32_t retain) {
    const int failed = guarded([&] {
        tensor(handle).backward(gradient ? tensor(gradient) : at::Tensor(), c10::optional<bool>(retain != 0), false);
    });
    if (failed) {
        std::ostringstream text;
        text << "backward of " << tensor(handle).sizes() << ": " << last_error;
        last_error = text.str();
    }
    return failed;
}

// Gradients of outputs with respect to inputs, without touching any .grad; an input that was not used gives a null handle.
TL_API int tl_autograd_grad(void** outputs, int output_count, void** inputs, int input_count, void** gradients, int gradient_count, int32_t retain,
                            int32_t create, int32_t allow_unused, void** results) {
    return guarded([&] {
        std::vector<at::Tensor> outs, ins, grads;
        for (int i = 0; i < output_count; ++i) outs.push_back(tensor(outputs[i]));
        for (int i = 0; i < input_count; ++i) ins.push_back(tensor(inputs[i]));
        for (int i = 0; i < gradient_count; ++i) grads.push_back(gradients[i] ? tensor(gradients[i]) : at::Tensor());
        const auto found = torch::autograd::grad(outs, ins, grads, retain != 0, create != 0, allow_unused != 0);
        for (size_t i = 0; i < found.size(); ++i) results[i] = found[i].defined() ? give(found[i]) : nullptr;
    });
}

// ---- modes, threads, devices ----

TL_API int32_t tl_grad_enabled() { return at::GradMode::is_enabled(); }
TL_API void tl_set_grad_enabled(int32_t on) { at::GradMode::set_enabled(on != 0); }
TL_API void* tl_enter_inference(int32_t on) { return new c10::InferenceMode(on != 0); }
TL_API void tl_leave_inference(void* guard) { delete static_cast<c10::InferenceMode*>(guard); }
TL_API int32_t tl_threads() { return at::get_num_threads(); }
TL_API void tl_set_threads(int32_t count) { at::set_num_threads(count); }
TL_API int tl_seed(int64_t seed) {
    return guarded([&] { torch::manual_seed(static_cast<uint64_t>(seed)); });
}
TL_API int32_t tl_cudnn_tf32() { return at::globalContext().allowTF32CuDNN(); }
TL_API int tl_set_cudnn_tf32(int32_t allow) {
    return guarded([&] { at::globalContext().setAllowTF32CuDNN(allow != 0); });
}
TL_API int32_t tl_cuda_available() { return torch::cuda::is_available(); }
TL_API int32_t tl_cuda_device_count() { return static_cast<int32_t>(torch::cuda::device_count()); }
TL_API int tl_cuda_synchronize() {
    return guarded([&] {
        if (torch::cuda::is_available()) torch::cuda::synchronize();
    });
}

// ---- TorchScript ----

TL_API int tl_script_load(const char* path, void** module) {
    return guarded([&] { *module = new torch::jit::Module(torch::jit::load(path)); });
}

TL_API int tl_script_forward(void* module, void** inputs, int count, void** result) {
    return guarded([&] {
        std::vector<c10::IValue> stack;
        for (int i = 0; i < count; ++i) stack.emplace_back(tensor(inputs[i]));
        *result = give(static_cast<torch::jit::Module*>(module)->forward(stack).toTensor());
    });
}

TL_API void tl_script_free(void* module) { delete static_cast<torch::jit::Module*>(module); }
