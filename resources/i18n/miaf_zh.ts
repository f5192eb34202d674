<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh" sourcelanguage="en">
<context>
    <name>MIAF-Net</name>
    <message>
        <source>This is a graphical model. To see or change its steps, right-click it in the toolbox and open a copy in the model designer.</source>
        <translation>这是一个图形模型。要查看或更改其步骤，请在工具箱中右键单击它，并在模型设计器中打开副本。</translation>
    </message>
    <message>
        <source>Classify and vectorise</source>
        <translation>分类并矢量化</translation>
    </message>
    <message>
        <source>From training areas to polygons with class names, one per class</source>
        <translation>由训练区得到带类别名称的多边形，每类一个</translation>
    </message>
    <message>
        <source>Classifies a cube from training areas and removes patches smaller than a number of pixels. The map is then converted to polygons, those of one class are merged, and they get the class names and colours.</source>
        <translation>由训练区对立方体分类，并去除小于给定像元数的斑块。然后将地图转换为多边形，合并同类多边形，并赋予类别名称和颜色。</translation>
    </message>
    <message>
        <source>Train once, classify many</source>
        <translation>一次训练，多次分类</translation>
    </message>
    <message>
        <source>Train on one cube and classify a list of cubes with the model</source>
        <translation>用一个立方体训练，并用该模型对一组立方体分类</translation>
    </message>
    <message>
        <source>Trains a model on the areas of one cube and classifies other cubes of the same sensor with it. A cube that cannot be classified is reported, and the others are still classified.</source>
        <translation>用一个立方体的区域训练模型，并用它对同一传感器的其他立方体分类。无法分类的立方体会被报告，其余立方体仍会被分类。</translation>
    </message>
    <message>
        <source>Classify, then assess</source>
        <translation>分类后评价</translation>
    </message>
    <message>
        <source>Classify a cube with a model and check the map on reference areas</source>
        <translation>用模型对立方体分类，并用参考区检查地图</translation>
    </message>
    <message>
        <source>Classifies a cube with a model and compares the map with reference areas that the model was not trained on. The results are a report, a confusion matrix and the accuracies.</source>
        <translation>用模型对立方体分类，并将地图与模型未用于训练的参考区域比较。结果包括报告、混淆矩阵和各项精度。</translation>
    </message>
    <message>
        <source>Classify, then draw a sample</source>
        <translation>分类后抽取样本</translation>
    </message>
    <message>
        <source>Classify a cube with a model and draw a reference sample from the map</source>
        <translation>用模型对立方体分类，并从地图中抽取参考样本</translation>
    </message>
    <message>
        <source>Classifies a cube with a model and draws random points from the map. Once you have entered the true cover of each point, 'Assess accuracy' estimates the accuracy of the whole map.</source>
        <translation>用模型对立方体分类，并从地图中随机抽取点。填写每个点的真实地物后，“精度评价”即可估计整幅地图的精度。</translation>
    </message>
    <message>
        <source>Classify from training areas</source>
        <translation>由训练区分类</translation>
    </message>
    <message>
        <source>Start here</source>
        <translation>从这里开始</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标注</translation>
    </message>
    <message>
        <source>Classify</source>
        <translation>分类</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Make a land-cover map from a cube and areas of known cover</source>
        <translation>由立方体和已知地物的区域制作土地覆盖图</translation>
    </message>
    <message>
        <source>Makes a land-cover map of a hyperspectral cube from areas whose cover you know.

1. Draw polygons of each class in a vector layer with a field for the class name. Several small polygons per class, spread over the scene, work better than a few large ones.
2. Categorise the layer by that field if you want its colours in the map.
3. Choose the cube, the layer and the field, and run.

The results are the map with its legend, a confidence raster, a model for other scenes of the same sensor and an accuracy report. The map is trained on all areas. Its accuracy is estimated by cross-validation: each of several models is trained without some of the areas and scored on those. The areas left out lie about as far from the training areas as the rest of the scene does, where possible.</source>
        <translation>由您已知地物的区域制作高光谱立方体的土地覆盖图。

1. 在带有类别名称字段的矢量图层中绘制每个类别的多边形。每类多个分散在场景中的小多边形，胜过少数几个大多边形。
2. 若希望地图使用图层的颜色，请按该字段对图层进行分类显示。
3. 选择立方体、图层和字段，然后运行。

结果包括带图例的地图、置信度栅格、可用于同一传感器其他场景的模型和精度报告。地图由所有区域训练得到。其精度通过交叉验证估计：多个模型各自在不含部分区域的情况下训练，并在这些区域上评分。留出的区域与训练区的距离，在可能时大致与场景其余部分相同。</translation>
    </message>
    <message>
        <source>hyperspectral,classification,land cover,deep learning,neural network,remote sensing,supervised,map,superpixels,EnMAP,AVIRIS,ENVI</source>
        <translation>高光谱,分类,土地覆盖,深度学习,神经网络,遥感,监督,地图,超像素,EnMAP,AVIRIS,ENVI</translation>
    </message>
    <message>
        <source>Hyperspectral cube</source>
        <translation>高光谱立方体</translation>
    </message>
    <message>
        <source>Raster with many bands: ENVI, GeoTIFF or anything else GDAL reads.</source>
        <translation>多波段栅格：ENVI、GeoTIFF 或 GDAL 能读取的其他格式。</translation>
    </message>
    <message>
        <source>Training areas</source>
        <translation>训练区</translation>
    </message>
    <message>
        <source>Polygons, lines or points of known cover, at least two classes.</source>
        <translation>已知地物的多边形、线或点，至少两个类别。</translation>
    </message>
    <message>
        <source>Class field</source>
        <translation>类别字段</translation>
    </message>
    <message>
        <source>Field with the name or number of the class. If the layer is categorised by this field, the map uses its labels and colours. If left empty, the field by which the layer is categorised is used, or its only text field.</source>
        <translation>含类别名称或编号的字段。若图层按此字段分类显示，地图将使用其标签和颜色。留空时，使用图层分类显示所用的字段，或其唯一的文本字段。</translation>
    </message>
    <message>
        <source>More training areas</source>
        <translation>更多训练区</translation>
    </message>
    <message>
        <source>A second layer of areas, for example from 'Suggest areas to label next' once you have set their classes. Its class field must have the same name. Areas without a class are ignored.</source>
        <translation>第二个区域图层，例如已设定类别的“建议接下来标注的区域”结果。其类别字段必须同名。没有类别的区域会被忽略。</translation>
    </message>
    <message>
        <source>Test areas</source>
        <translation>测试区</translation>
    </message>
    <message>
        <source>Areas used only to measure accuracy, never for training. Their class field must have the same name.</source>
        <translation>仅用于衡量精度、从不用于训练的区域。其类别字段必须同名。</translation>
    </message>
    <message>
        <source>Initial model</source>
        <translation>初始模型</translation>
    </message>
    <message>
        <source>Model to continue training from. This takes a fraction of the time of a new training. Give its old areas and the new ones together. New classes are allowed. The classes, bands, normalisation, superpixels and network of the model are kept. Areas held out from its training are held out again.</source>
        <translation>在此模型基础上继续训练，只需重新训练的一小部分时间。请同时给出旧区域和新区域，可以包含新类别。模型的类别、波段、归一化、超像素和网络保持不变。训练时留出的区域仍然留出。</translation>
    </message>
    <message>
        <source>MIAF-Net model</source>
        <translation>MIAF-Net 模型</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>How long to train. quick: {quick} epochs, for a first look. Its expected accuracy is too high for similar classes. standard: {standard} epochs, for the final map. best: {best} epochs, which take twice as long and are rarely much better. A value of 'Epochs' in the advanced parameters overrides the preset.</source>
        <translation>训练时长。quick：{quick} 轮，用于初步查看，此时相似类别的预期精度偏高。standard：{standard} 轮，用于最终地图。best：{best} 轮，耗时加倍，但很少明显更好。高级参数中的“训练轮数”优先。</translation>
    </message>
    <message>
        <source>Label raster, instead of training areas</source>
        <translation>标签栅格（代替训练区）</translation>
    </message>
    <message>
        <source>Raster of class values on the cube's grid, 0 where the cover is not known. The map uses its legend, or its category names and colours.</source>
        <translation>立方体格网上的类别值栅格，地物未知处为 0。地图使用其图例，或其类别名称和颜色。</translation>
    </message>
    <message>
        <source>Mask</source>
        <translation>掩膜</translation>
    </message>
    <message>
        <source>Limits training and mapping to part of the cube. Polygons: pixels inside them are used. Raster with one band on the cube's grid: pixels that are neither 0 nor nodata are used.</source>
        <translation>将训练和制图限制在立方体的一部分。多边形：使用其内部的像元。立方体格网上的单波段栅格：使用既非 0 也非无数据的像元。</translation>
    </message>
    <message>
        <source>Inputs</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>More cubes to train on</source>
        <translation>更多训练立方体</translation>
    </message>
    <message>
        <source>More scenes of the same sensor. The training areas may lie on any of them. Only the first cube, chosen above, is mapped.</source>
        <translation>同一传感器的更多场景。训练区可以位于其中任何一个。只对上面选择的第一个立方体制图。</translation>
    </message>
    <message>
        <source>model: band statistics of all cubes together, or of the initial model. scene: statistics of each cube by itself, for cubes with different illumination or calibration. Then classify with 'scene', too.</source>
        <translation>model：所有立方体合并的波段统计，或初始模型的统计。scene：各立方体自身的统计，用于光照或定标不同的立方体。之后分类时也应选择“scene”。</translation>
    </message>
    <message>
        <source>Normalise by the statistics of</source>
        <translation>归一化所用的统计</translation>
    </message>
    <message>
        <source>Excluded wavelengths (nm)</source>
        <translation>排除的波长（nm）</translation>
    </message>
    <message>
        <source>Bands within these wavelength ranges are not used, for example 1350-1430,1800-1970 (absorption by water vapour). If left empty, all bands are used.</source>
        <translation>不使用这些波长范围内的波段，例如 1350-1430,1800-1970（水汽吸收）。留空时使用所有波段。</translation>
    </message>
    <message>
        <source>Hold-out method</source>
        <translation>留出方法</translation>
    </message>
    <message>
        <source>How test data are chosen. matched: cross-validation with test areas as far from the training areas as the map, if possible; the map is trained on all areas. Others hold out a share: polygons (of a label raster: ends of its regions), blocks, or random pixels (accuracy too high). none: not measured.</source>
        <translation>如何选择测试数据。matched：交叉验证，测试区与训练区的距离在可能时与地图相同；地图用所有区域训练。其他方法留出一部分：多边形（标签栅格则为其区域的末端）、块或随机像元（精度偏高）。none：不衡量精度。</translation>
    </message>
    <message>
        <source>Share held out (%)</source>
        <translation>留出比例 (%)</translation>
    </message>
    <message>
        <source>Share of each class in the test set, in percent.</source>
        <translation>每个类别在测试集中所占的百分比。</translation>
    </message>
    <message>
        <source>Validation set for early stopping (%)</source>
        <translation>用于早停的验证集（%）</translation>
    </message>
    <message>
        <source>Share of the training areas used as validation set, in percent. It chooses the epoch (early stopping) and is never scored. Afterwards it is used for training, too. 0 takes the last epoch.</source>
        <translation>训练区中用作验证集的百分比。它用于选择轮次（早停），从不参与评分，之后也用于训练。0 表示采用最后一轮。</translation>
    </message>
    <message>
        <source>Folds of the cross-validation</source>
        <translation>交叉验证折数</translation>
    </message>
    <message>
        <source>Number of folds of the cross-validation. With matched, 1 chooses it automatically. With polygons, 1 scores the share held out. With 2 or more, each polygon is scored once by a model trained without it, and the map is trained on all areas.</source>
        <translation>交叉验证的折数。matched 时，1 表示自动选择。polygons 时，1 评估留出的部分；2 及以上时，每个多边形由未用它训练的模型评分一次，地图用所有区域训练。</translation>
    </message>
    <message>
        <source>Train on the test areas before mapping</source>
        <translation>制图前也用测试区训练</translation>
    </message>
    <message>
        <source>After scoring, training continues briefly on all areas, test areas included. This improves the map. The accuracy remains that of the model before, and no test set is left for the final one.</source>
        <translation>评分后用包括测试区在内的所有区域继续短暂训练，使地图更好。精度仍是此前模型的精度，最终模型不再有测试集。</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>The same seed, device and versions give the same split and the same map.</source>
        <translation>相同的种子、设备和版本得到相同的划分和相同的地图。</translation>
    </message>
    <message>
        <source>Continue an interrupted training</source>
        <translation>继续中断的训练</translation>
    </message>
    <message>
        <source>If a training with the same inputs and settings was cancelled or interrupted, it continues where it stopped. The result is the same as without interruption. The state is saved every 30 seconds and kept for up to 14 days. If off, training starts again from the beginning.</source>
        <translation>若输入和设置相同的训练曾被取消或中断，则从中断处继续，结果与未中断时相同。状态每 30 秒保存一次，最多保留 14 天。关闭时从头开始训练。</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>训练轮数</translation>
    </message>
    <message>
        <source>Number of passes over the training data.</source>
        <translation>遍历训练数据的次数。</translation>
    </message>
    <message>
        <source>If left empty, the preset decides.</source>
        <translation>留空时由预设决定。</translation>
    </message>
    <message>
        <source>Final epochs with all training areas (%)</source>
        <translation>最后用全部训练区的轮次 (%)</translation>
    </message>
    <message>
        <source>Once early stopping has chosen the epoch, training continues with the validation set included. This is the number of further epochs, in percent of 'Epochs'. 0 keeps the chosen epoch. Test pixels are never included.</source>
        <translation>早停选定轮次后，训练将包含验证集继续进行。此处为继续训练的轮数，以“训练轮数”的百分比表示。0 保留所选轮次。测试像元从不参与。</translation>
    </message>
    <message>
        <source>Epochs of continued training (%)</source>
        <translation>继续训练的轮数（%）</translation>
    </message>
    <message>
        <source>Number of epochs when training continues from an initial model, in percent of 'Epochs'.</source>
        <translation>从初始模型继续训练时的轮数，以“训练轮数”的百分比表示。</translation>
    </message>
    <message>
        <source>Learning rate of continued training (%)</source>
        <translation>继续训练的学习率（%）</translation>
    </message>
    <message>
        <source>Learning rate when training continues from an initial model, in percent of 'Learning rate'. A low value preserves what the model has learned.</source>
        <translation>从初始模型继续训练时的学习率，以“学习率”的百分比表示。较低的值可保留模型已学到的内容。</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Maximum learning rate of the one-cycle schedule.</source>
        <translation>单周期策略的最大学习率。</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>权重衰减</translation>
    </message>
    <message>
        <source>Decoupled weight decay of AdamW.</source>
        <translation>AdamW 的解耦权重衰减。</translation>
    </message>
    <message>
        <source>Label smoothing</source>
        <translation>标签平滑</translation>
    </message>
    <message>
        <source>Probability mass assigned to the other classes.</source>
        <translation>分配给其他类别的概率。</translation>
    </message>
    <message>
        <source>Weight of small classes (exponent)</source>
        <translation>小类别的权重（指数）</translation>
    </message>
    <message>
        <source>The weight of a pixel is the pixel count of its class raised to minus this exponent. 0: all pixels have the same weight. 1: all classes have the same weight.</source>
        <translation>像元的权重为其类别像元数的负指数次幂。0：所有像元权重相同。1：所有类别权重相同。</translation>
    </message>
    <message>
        <source>Input noise</source>
        <translation>输入噪声</translation>
    </message>
    <message>
        <source>Standard deviation of the noise added to each normalised band during training. With more than 100 training areas, noise and dropout are reduced.</source>
        <translation>训练时加到每个归一化波段的噪声的标准差。训练区超过 100 个时，噪声和 dropout 会减弱。</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Width of the network (features)</source>
        <translation>网络宽度（特征数）</translation>
    </message>
    <message>
        <source>Number of features in each branch.</source>
        <translation>每个分支的特征数。</translation>
    </message>
    <message>
        <source>Convolution kernel sizes, small to large</source>
        <translation>卷积核大小，从小到大</translation>
    </message>
    <message>
        <source>Size of the convolution kernels in pixels: one odd number per scale, separated by commas.</source>
        <translation>卷积核的像元大小：每个尺度一个奇数，用逗号分隔。</translation>
    </message>
    <message>
        <source>Dropout (share of features)</source>
        <translation>Dropout（特征比例）</translation>
    </message>
    <message>
        <source>Share of the shallow features that are dropped during training.</source>
        <translation>训练时随机丢弃的浅层特征比例。</translation>
    </message>
    <message>
        <source>Use the graph branch</source>
        <translation>使用图分支</translation>
    </message>
    <message>
        <source>Extracts features by graph convolution over superpixels.</source>
        <translation>在超像素图上用图卷积提取特征。</translation>
    </message>
    <message>
        <source>Use the convolution branch</source>
        <translation>使用卷积分支</translation>
    </message>
    <message>
        <source>Extracts features by convolution over neighbouring pixels.</source>
        <translation>在相邻像元上用卷积提取特征。</translation>
    </message>
    <message>
        <source>Interactive attention between the branches</source>
        <translation>分支间的交互注意力</translation>
    </message>
    <message>
        <source>Weights the features of each branch by attention computed from the other branch.</source>
        <translation>用由另一分支计算的注意力对每个分支的特征加权。</translation>
    </message>
    <message>
        <source>Fuse the scales by attention</source>
        <translation>用注意力融合各尺度</translation>
    </message>
    <message>
        <source>Fuses the features of all scales by attention. If off, their mean is used.</source>
        <translation>用注意力融合所有尺度的特征。关闭时使用其平均值。</translation>
    </message>
    <message>
        <source>Ensemble of heads</source>
        <translation>分类头集成</translation>
    </message>
    <message>
        <source>Maps with an ensemble of heads: one for the fused features, one for each branch and five for the spectrum. It is more accurate on fields without training areas. If off, only the head of the fused features is used.</source>
        <translation>用多个分类头的集成制图：一个用于融合特征，每个分支各一个，光谱三个。在没有训练区的地块上精度更高。关闭时只使用融合特征的分类头。</translation>
    </message>
    <message>
        <source>Superpixels of the network</source>
        <translation>网络的超像元</translation>
    </message>
    <message>
        <source>Pixels per superpixel, small to large</source>
        <translation>每个超像素的像元数，从小到大</translation>
    </message>
    <message>
        <source>Mean number of pixels in a superpixel: one value per scale, from small to large, separated by commas. auto derives them from the distance over which pixels of the scene resemble each other.</source>
        <translation>超像素的平均像元数：每个尺度一个值，从小到大，用逗号分隔。auto 根据场景中像元彼此相似的距离确定。</translation>
    </message>
    <message>
        <source>Compactness of the superpixels</source>
        <translation>超像素的紧凑度</translation>
    </message>
    <message>
        <source>Larger values give rounder superpixels. It is the spectral distance that counts as much as the side length of a superpixel, in units of the spread within classes.</source>
        <translation>值越大，超像素越圆。它是与超像素边长同等重要的光谱距离，以类内离散度为单位。</translation>
    </message>
    <message>
        <source>Components for the superpixels</source>
        <translation>超像素所用的分量数</translation>
    </message>
    <message>
        <source>Number of projected components from which superpixels are made.</source>
        <translation>生成超像素所用的投影分量数。</translation>
    </message>
    <message>
        <source>Projection for the superpixels</source>
        <translation>超像素所用的投影</translation>
    </message>
    <message>
        <source>Projection for the superpixels. lda: linear discriminant analysis, which separates the training classes. pca: principal component analysis, which uses no labels.</source>
        <translation>超像素的投影。lda：线性判别分析，可区分训练类别。pca：主成分分析，不使用标签。</translation>
    </message>
    <message>
        <source>Computing</source>
        <translation>计算</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Where the network is computed. auto: a graphics card if there is one, otherwise the processor. cuda:N: the NVIDIA card with number N. mps: an Apple graphics processor.</source>
        <translation>网络的计算设备。auto：有显卡时用显卡，否则用处理器。cuda:N：编号为 N 的 NVIDIA 显卡。mps：Apple 图形处理器。</translation>
    </message>
    <message>
        <source>Memory budget (MiB)</source>
        <translation>内存预算 (MiB)</translation>
    </message>
    <message>
        <source>Memory that the engine may use. 0 chooses it automatically.</source>
        <translation>引擎可使用的内存。0 表示自动选择。</translation>
    </message>
    <message>
        <source>Creation options of the rasters</source>
        <translation>栅格的创建选项</translation>
    </message>
    <message>
        <source>GDAL creation options NAME=VALUE, separated by |. If left empty, GeoTIFF files are tiled and compressed.</source>
        <translation>GDAL 创建选项 NAME=VALUE，用 | 分隔。留空时 GeoTIFF 文件分块并压缩。</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>地图</translation>
    </message>
    <message>
        <source>Minimum confidence</source>
        <translation>最低置信度</translation>
    </message>
    <message>
        <source>Pixels with a lower confidence become 0 (unclassified) in the map. 0 to 1, as in the confidence raster; 0 keeps all pixels. The confidence raster itself is not changed.</source>
        <translation>置信度较低的像元在地图中为 0（未分类）。取值 0 到 1，与置信度栅格相同；0 保留所有像元。置信度栅格本身不变。</translation>
    </message>
    <message>
        <source>Leave out pixels unlike the training areas</source>
        <translation>排除与训练区不相似的像元</translation>
    </message>
    <message>
        <source>Pixels whose spectra are unlike all training areas become 0 (unclassified) in the map. A road without training areas is then not mapped as a field.</source>
        <translation>光谱与所有训练区都不相似的像元在地图中为 0（未分类）。这样，没有训练区的道路不会被当作农田。</translation>
    </message>
    <message>
        <source>Class map</source>
        <translation>类别图</translation>
    </message>
    <message>
        <source>Map of the classes on the cube's grid; 0 is unclassified.</source>
        <translation>立方体格网上的类别图；0 为未分类。</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>置信度</translation>
    </message>
    <message>
        <source>Probability of the mapped class, 0 to 1, calibrated on areas held out in turn. On land similar to the training areas, about 80 % of the pixels with 0.8 are right.</source>
        <translation>所示类别的概率，0 到 1，在轮流留出的区域上校准。在与训练区相似的土地上，值为 0.8 的像元约有 80 % 是正确的。</translation>
    </message>
    <message>
        <source>Class probabilities</source>
        <translation>类别概率</translation>
    </message>
    <message>
        <source>Probability of each class, one band per class.</source>
        <translation>每个类别的概率，每类一个波段。</translation>
    </message>
    <message>
        <source>Entropy</source>
        <translation>熵</translation>
    </message>
    <message>
        <source>Uncertainty of the class: 0 where one class is certain, 1 where all classes are equally likely.</source>
        <translation>类别的不确定性：某一类确定时为 0，所有类别同等可能时为 1。</translation>
    </message>
    <message>
        <source>Margin</source>
        <translation>间隔</translation>
    </message>
    <message>
        <source>Difference between the probabilities of the mapped class and the next one, 0 to 1. Near 0 both are almost equally likely.</source>
        <translation>所示类别与次可能类别的概率之差，0 到 1。接近 0 时两者几乎同等可能。</translation>
    </message>
    <message>
        <source>Area of applicability</source>
        <translation>适用范围</translation>
    </message>
    <message>
        <source>Band 1: dissimilarity of each pixel's spectrum to the training areas. Band 2: 1 inside the area of applicability, 0 outside, where the map is unreliable.</source>
        <translation>波段 1：每个像元的光谱与训练区的差异度。波段 2：适用范围内为 1；范围外为 0，此处地图不可靠。</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>File of the trained network, to be used in 'Classify with a model'.</source>
        <translation>训练所得网络的文件，用于“用模型分类”。</translation>
    </message>
    <message>
        <source>Accuracy report</source>
        <translation>精度报告</translation>
    </message>
    <message>
        <source>Expected accuracy of the map and of each class, with plots. The numbers are also written as JSON and CSV files beside it.</source>
        <translation>地图和各类别的预期精度，附图表。数字同时以 JSON 和 CSV 写在旁边。</translation>
    </message>
    <message>
        <source>HTML files</source>
        <translation>HTML 文件</translation>
    </message>
    <message>
        <source>Overall accuracy</source>
        <translation>总体精度</translation>
    </message>
    <message>
        <source>Average accuracy</source>
        <translation>平均精度</translation>
    </message>
    <message>
        <source>Kappa</source>
        <translation>Kappa 系数</translation>
    </message>
    <message>
        <source>Train model</source>
        <translation>训练模型</translation>
    </message>
    <message>
        <source>Train a MIAF-Net model from a cube and training areas</source>
        <translation>由立方体和训练区训练 MIAF-Net 模型</translation>
    </message>
    <message>
        <source>Trains a network on areas of known cover and writes it to a model file. 'Classify with a model' applies it to this scene and to others of the same sensor.

The model is trained on all areas. The accuracy in the report is measured with models that were each trained without some of the areas and scored on those. Areas in 'Test areas' are only scored and never trained on.</source>
        <translation>用已知地物的区域训练网络，并写入模型文件。“用模型分类”将其用于本场景和同一传感器的其他场景。

模型用所有区域训练。报告中的精度由多个模型测得，每个模型训练时不含部分区域，并在这些区域上评分。“测试区”中的区域只评分，从不用于训练。</translation>
    </message>
    <message>
        <source>hyperspectral,classification,train,learn,deep learning,neural network,land cover,remote sensing,supervised</source>
        <translation>高光谱,分类,训练,学习,深度学习,神经网络,土地覆盖,遥感,监督</translation>
    </message>
    <message>
        <source>Classify with a model</source>
        <translation>用模型分类</translation>
    </message>
    <message>
        <source>Make a land-cover map with a trained model</source>
        <translation>用训练好的模型制作土地覆盖图</translation>
    </message>
    <message>
        <source>Makes a land-cover map of the training scene or of another one with a trained model.

Bands are matched by wavelength. A cube that lacks bands of the model is refused, and the message lists them. For another sensor, tick 'Interpolate bands'. A warning appears if the values of the scene are far from those of the training scene. Normalising by the statistics of the scene may then help. A model knows only the conditions it was trained on. For another date or sensor, check the map with 'Assess accuracy'.</source>
        <translation>用训练好的模型为训练场景或其他场景制作土地覆盖图。

波段按波长匹配。缺少模型波段的立方体会被拒绝，消息会列出这些波段。对于其他传感器，请勾选“波段插值”。若场景的值与训练场景相差很大，会给出警告；此时按场景自身的统计归一化可能有帮助。模型只了解训练时的条件。换了日期或传感器时，请用“精度评价”检查地图。</translation>
    </message>
    <message>
        <source>hyperspectral,classification,predict,land cover,deep learning,neural network,remote sensing,map</source>
        <translation>高光谱,分类,预测,土地覆盖,深度学习,神经网络,遥感,地图</translation>
    </message>
    <message>
        <source>Raster with the bands that the model was trained on.</source>
        <translation>含有模型训练所用波段的栅格。</translation>
    </message>
    <message>
        <source>File written by 'Train model' or 'Classify from training areas'.</source>
        <translation>由“训练模型”或“由训练区分类”写出的文件。</translation>
    </message>
    <message>
        <source>Extent</source>
        <translation>范围</translation>
    </message>
    <message>
        <source>Part of the cube to classify, in any CRS. If left empty, the whole cube is classified.</source>
        <translation>要分类的立方体部分，可用任意坐标系。留空时对整个立方体分类。</translation>
    </message>
    <message>
        <source>Interpolate bands</source>
        <translation>波段插值</translation>
    </message>
    <message>
        <source>Interpolates the bands of the model from those of another sensor. This is refused for bands outside the range of the sensor or in gaps wider than 30 nm.</source>
        <translation>由其他传感器的波段插值得到模型的波段。若波段超出传感器范围或处于宽于 30 nm 的间隙中，则被拒绝。</translation>
    </message>
    <message>
        <source>model: band statistics of the training scene. scene: statistics of this scene, for another atmosphere or calibration. The scene should have about the same cover.</source>
        <translation>model：训练场景的波段统计。scene：本场景的统计，用于大气或定标不同的情况。场景应含有大致相同的地物。</translation>
    </message>
    <message>
        <source>Worker processes</source>
        <translation>工作进程数</translation>
    </message>
    <message>
        <source>More than one share the tiles of a large scene. Each has one CPU thread and takes up to the memory budget. The files are the same for any number of them, and those of a single process with one CPU thread. A scene of one tile keeps one of them busy.</source>
        <translation>多个进程分担大场景的图块。每个进程使用一个 CPU 线程，内存不超过内存预算。无论进程数是多少，文件都相同，即与单个进程用一个 CPU 线程得到的文件相同。只有一个图块的场景只占用一个进程。</translation>
    </message>
    <message>
        <source>Classify several cubes with a model</source>
        <translation>用模型对多个立方体分类</translation>
    </message>
    <message>
        <source>Make a land-cover map of each of several cubes with one model</source>
        <translation>用一个模型为多个立方体分别制作土地覆盖图</translation>
    </message>
    <message>
        <source>Makes a land-cover map of each cube in a list with one model, for example of the flight lines of a campaign. The maps are written to a folder as NAME_map.tif and, on request, NAME_confidence.tif, where NAME is the name of the cube's file. A cube that cannot be classified is reported, and the others are still classified. The run fails only if none of the cubes could be classified.</source>
        <translation>用一个模型为列表中的每个立方体制作土地覆盖图，例如一次飞行任务的各航带。地图以 NAME_map.tif 写入文件夹，需要时还有 NAME_confidence.tif，其中 NAME 为立方体文件名。无法分类的立方体会被报告，其余仍会被分类。只有全部立方体都无法分类时，运行才失败。</translation>
    </message>
    <message>
        <source>hyperspectral,classification,batch,flight lines,mosaic,land cover,deep learning</source>
        <translation>高光谱,分类,批处理,航带,镶嵌,土地覆盖,深度学习</translation>
    </message>
    <message>
        <source>Hyperspectral cubes</source>
        <translation>高光谱立方体（多个）</translation>
    </message>
    <message>
        <source>Rasters with the bands that the model was trained on.</source>
        <translation>含有模型训练所用波段的多个栅格。</translation>
    </message>
    <message>
        <source>Write confidence rasters too</source>
        <translation>同时写出置信度栅格</translation>
    </message>
    <message>
        <source>Probability of the mapped class, 0 to 1.</source>
        <translation>所示类别的概率，0 到 1。</translation>
    </message>
    <message>
        <source>Folder of maps</source>
        <translation>地图文件夹</translation>
    </message>
    <message>
        <source>Class maps</source>
        <translation>类别图（多幅）</translation>
    </message>
    <message>
        <source>Number of maps</source>
        <translation>分类图数量</translation>
    </message>
    <message>
        <source>Number of cubes not classified</source>
        <translation>未能分类的立方体数量</translation>
    </message>
    <message>
        <source>Draw a reference sample</source>
        <translation>抽取参考样本</translation>
    </message>
    <message>
        <source>Draw random points to estimate the accuracy of a whole map</source>
        <translation>抽取随机点以估计整幅地图的精度</translation>
    </message>
    <message>
        <source>Draws random points from a class map. Once you have entered the true cover of each point, 'Assess accuracy' estimates accuracies and class areas of the whole map with their 95 % intervals. The same points can be used for another map of the same place.

The number of points follows from the half width of the interval that you want and from the accuracy that you expect (Cochran; Olofsson et al. 2014, equation 13). A stratified sample draws points in each class of the map. They are allocated to the classes by area, in equal numbers, or as a compromise: rare classes get the minimum, and the others share the rest by area.

To enter the cover, toggle editing of the layer and open the form of each point in the order of the numbers. Choose the class from the list, or 'other' for cover that is not in the map. Judge the cover at the point itself, in a better image or in the field. The class in the map is hidden so that it does not influence you. Do not change the other fields: they record how the points were drawn.</source>
        <translation>从类别图中随机抽取点。填写每个点的真实地物后，“精度评价”即可估计整幅地图的精度和类别面积及其 95 % 区间。同一批点也可用于同一地点的另一幅地图。

点数取决于所需的区间半宽和预期精度（Cochran；Olofsson 等 2014，式 13）。分层样本在地图的每个类别内抽取点。点可以按面积分配、平均分配，或采用折中方式：稀有类别取最少点数，其余类别按面积分配剩余的点。

填写地物时，请切换图层的编辑状态，按编号顺序打开每个点的表单，并从列表中选择类别；地图中没有的地物选择“other”。请依据该点本身，在更好的影像上或实地判断地物。地图的类别已隐藏，以免影响您的判断。请勿更改其他字段：它们记录了点的抽取方式。</translation>
    </message>
    <message>
        <source>accuracy,reference,validation,sampling design,random points,stratified,area estimation,Olofsson</source>
        <translation>精度,参考,验证,抽样设计,随机点,分层,面积估计,Olofsson</translation>
    </message>
    <message>
        <source>Raster of class values, as written by the classification algorithms.</source>
        <translation>类别值栅格，即分类算法写出的栅格。</translation>
    </message>
    <message>
        <source>Half width of the 95 % interval of overall accuracy</source>
        <translation>总体精度 95 % 区间的半宽</translation>
    </message>
    <message>
        <source>Expected accuracy</source>
        <translation>预期精度</translation>
    </message>
    <message>
        <source>Minimum number of points per class</source>
        <translation>每类最少点数</translation>
    </message>
    <message>
        <source>Sampling method</source>
        <translation>抽样方法</translation>
    </message>
    <message>
        <source>stratified: random points in each class of the map. simple: random points over the whole map. systematic: a square grid with a random start. Its intervals are those of a simple sample. They are rather too wide, unless the land repeats itself at the distance of the grid.</source>
        <translation>stratified：在地图的每个类别内取随机点。simple：在整幅地图上取随机点。systematic：起点随机的方形格网；其区间按简单样本计算，除非地物以格网间距重复，否则往往偏宽。</translation>
    </message>
    <message>
        <source>As a fraction: 0.05 means 5 percentage points on either side. Values of 1 or more are percentage points. Half the width needs four times as many points.</source>
        <translation>以小数表示：0.05 表示两侧各 5 个百分点。1 及以上的值为百分点。半宽减半需要四倍的点数。</translation>
    </message>
    <message>
        <source>Expected user's accuracy as a fraction: one value for all classes, or one per class in the order of the class values, separated by commas. A lower value gives more points. 0.5 is safe for any map.</source>
        <translation>预期的用户精度，以小数表示：所有类别一个值，或按类别值的顺序每类一个值，用逗号分隔。值越低，点数越多。0.5 对任何地图都稳妥。</translation>
    </message>
    <message>
        <source>Allocation of the points</source>
        <translation>样点分配</translation>
    </message>
    <message>
        <source>For a stratified sample. compromise: the minimum for rare classes, the rest by area. equal: the same number in each class, best for user's accuracy. proportional: by area, best for overall accuracy.</source>
        <translation>用于分层样本。compromise：稀有类别取最少点数，其余按面积。equal：每类相同点数，最利于用户精度。proportional：按面积，最利于总体精度。</translation>
    </message>
    <message>
        <source>For a stratified sample. If a class has fewer pixels, all of them are drawn. Olofsson et al. (2014) recommend 50 to 100.</source>
        <translation>用于分层样本。若某类像元较少，则全部抽取。Olofsson 等（2014）建议 50 到 100。</translation>
    </message>
    <message>
        <source>The same seed draws the same points.</source>
        <translation>相同的种子抽取相同的点。</translation>
    </message>
    <message>
        <source>Show the class of the map</source>
        <translation>显示地图的类别</translation>
    </message>
    <message>
        <source>Adds a field with the class of the map at each point. People tend to agree with what they see, so leave this off if others are to trust the accuracy.</source>
        <translation>添加一个字段，记录地图在每个点的类别。人们倾向于认同所见，因此若要让他人信任精度，请勿启用。</translation>
    </message>
    <message>
        <source>Reference sample</source>
        <translation>参考样本</translation>
    </message>
    <message>
        <source>GeoPackage of numbered points with a list of classes to choose from.</source>
        <translation>含编号点和可选类别列表的 GeoPackage。</translation>
    </message>
    <message>
        <source>Number of points</source>
        <translation>点数</translation>
    </message>
    <message>
        <source>Assess accuracy</source>
        <translation>精度评价</translation>
    </message>
    <message>
        <source>Score a class map against areas of known cover</source>
        <translation>用已知地物的区域评价类别图</translation>
    </message>
    <message>
        <source>Compares a class map with areas of known cover. Writes the confusion matrix, overall and average accuracy, kappa, and producer's and user's accuracy, F1 and IoU of each class. The 95 % intervals treat areas, not pixels, as the sampling units. Classes are matched by name or, if there are no names, by value.

Use areas that the map was not trained on. A class map does not record its training areas. If the reference may overlap them, give them as 'Areas to leave out'. Or give the 'Model that made the map' to be warned of training areas in the reference.

Points from 'Draw a reference sample' are recognised. The report then shows accuracies and class areas in hectares of the whole map with their 95 % intervals, for this map or another one of the same place. If the reference is a random sample from another source, tick 'Reference is a probability sample'. Accuracies and areas are then adjusted after Olofsson et al. (2014). 'Map to compare with' scores a second map on the same reference and tests the difference (McNemar).</source>
        <translation>将类别图与已知地物的区域比较。写出混淆矩阵、总体精度和平均精度、Kappa 系数，以及每类的生产者精度、用户精度、F1 和 IoU。95 % 区间以区域而非像元为抽样单元。类别按名称匹配，没有名称时按值匹配。

请使用地图未用于训练的区域。类别图不记录其训练区。若参考可能与训练区重叠，请将其作为“要排除的区域”给出；或给出“生成该地图的模型”，参考中含有训练区时会得到警告。

“抽取参考样本”得到的点会被识别。报告将给出整幅地图的精度、以公顷计的类别面积及其 95 % 区间，适用于本地图或同一地点的另一幅地图。若参考是其他来源的随机样本，请勾选“参考是概率样本”，精度和面积将按 Olofsson 等（2014）调整。“用于比较的地图”用同一参考对第二幅地图评分，并检验差异（McNemar）。</translation>
    </message>
    <message>
        <source>accuracy,confusion matrix,kappa,validation,error matrix,F1,IoU,McNemar,area estimation,Olofsson</source>
        <translation>精度,混淆矩阵,Kappa,验证,误差矩阵,F1,IoU,McNemar,面积估计,Olofsson</translation>
    </message>
    <message>
        <source>Reference areas</source>
        <translation>参考区</translation>
    </message>
    <message>
        <source>Polygons, lines or points whose cover is known.</source>
        <translation>地物已知的多边形、线或点。</translation>
    </message>
    <message>
        <source>Reference raster, instead of reference areas</source>
        <translation>参考栅格（代替参考区）</translation>
    </message>
    <message>
        <source>Raster of class values on the map's grid, 0 where the cover is not known.</source>
        <translation>与地图同一格网的类别值栅格，0 表示地物未知。</translation>
    </message>
    <message>
        <source>Areas to leave out</source>
        <translation>要排除的区域</translation>
    </message>
    <message>
        <source>Pixels in these areas are not scored. Usually these are the training areas.</source>
        <translation>这些区域中的像元不参与评分。通常为训练区。</translation>
    </message>
    <message>
        <source>Model that made the map</source>
        <translation>生成该地图的模型</translation>
    </message>
    <message>
        <source>The model file records its training areas. Reference areas among them make the accuracy too high, and a warning lists them. Areas that were redrawn cannot be recognised.</source>
        <translation>模型文件记录了其训练区。参考区域若在其中，会使精度偏高，警告会列出它们。重新绘制的区域无法识别。</translation>
    </message>
    <message>
        <source>Map to compare with</source>
        <translation>用于比较的地图</translation>
    </message>
    <message>
        <source>Another class map on the same grid, scored on the same reference.</source>
        <translation>同一格网上的另一幅类别图，用同一参考评分。</translation>
    </message>
    <message>
        <source>Reference is a probability sample</source>
        <translation>参考是概率样本</translation>
    </message>
    <message>
        <source>Tick only if the reference points were drawn at random, within each class of the map or over the whole map. Areas drawn where it was convenient are not such a sample. Points from 'Draw a reference sample' need no tick.</source>
        <translation>仅当参考点在地图的每个类别内或整幅地图上随机抽取时才勾选。在方便之处绘制的区域不是这样的样本。“抽取参考样本”得到的点无需勾选。</translation>
    </message>
    <message>
        <source>Accuracies with their intervals, for the map and each class.</source>
        <translation>地图和各类别的精度及其区间。</translation>
    </message>
    <message>
        <source>Number of pixels by reference class (rows) and mapped class (columns).</source>
        <translation>按参考类别（行）和制图类别（列）统计的像元数。</translation>
    </message>
    <message>
        <source>Confusion matrix</source>
        <translation>混淆矩阵</translation>
    </message>
    <message>
        <source>CSV files</source>
        <translation>CSV 文件</translation>
    </message>
    <message>
        <source>Inspect cube and training areas</source>
        <translation>检查立方体和训练区</translation>
    </message>
    <message>
        <source>Check a cube and training areas before training</source>
        <translation>训练前检查立方体和训练区</translation>
    </message>
    <message>
        <source>Checks a hyperspectral cube and, optionally, training areas, and writes a report. It lists bands and wavelengths, pixels without data, areas and pixels of each class, mean spectra and the separability of the classes. Problems are listed with the ids of the features.

Correct problems before training: areas of different classes that overlap, areas without a class, areas unlike the others of their class, and classes that are too small or too similar. Notes are for your information. Nothing is changed.</source>
        <translation>检查高光谱立方体，以及可选的训练区，并写出报告。报告列出波段和波长、没有数据的像元、每类的区域和像元、平均光谱和类别可分性。问题附要素编号列出。

请在训练前改正问题：不同类别的区域重叠、没有类别的区域、与同类其他区域不相似的区域，以及太小或太相似的类别。提示仅供参考。不会修改任何内容。</translation>
    </message>
    <message>
        <source>hyperspectral,check,quality,separability,Jeffries-Matusita,outliers,spectra,overlap</source>
        <translation>高光谱,检查,质量,可分性,Jeffries-Matusita,异常值,光谱,重叠</translation>
    </message>
    <message>
        <source>Polygons, lines or points of known cover.</source>
        <translation>已知地物的多边形、线或点。</translation>
    </message>
    <message>
        <source>Inspection report</source>
        <translation>检查报告</translation>
    </message>
    <message>
        <source>Findings, with tables and mean spectra.</source>
        <translation>检查结果，附表格和平均光谱。</translation>
    </message>
    <message>
        <source>Has problems</source>
        <translation>有问题</translation>
    </message>
    <message>
        <source>Number of problems</source>
        <translation>问题数</translation>
    </message>
    <message>
        <source>Segment into superpixels</source>
        <translation>分割为超像素</translation>
    </message>
    <message>
        <source>Make polygons of similar pixels, to label with a click</source>
        <translation>生成由相似像元组成的多边形，以便单击标注</translation>
    </message>
    <message>
        <source>Divides a hyperspectral cube into small polygons of adjacent pixels with similar spectra. Their borders follow the pixels. Together they cover every pixel with data once.

To make training areas without drawing, select polygons with a click and write a class into their field 'class' with the field calculator bar or the attribute table. Then use the layer in 'Classify from training areas' with the class field 'class'. Polygons without a class are ignored there.

Fields: pixels, area_ha, brightness (mean of all values), bright_std (its standard deviation over the pixels), spread (difference between the pixels' spectra, in standard deviations of the scene; large where covers are mixed), neighbours and neighb_ids (polygons that share a side or a corner). A cube larger than the memory budget is processed in blocks, and superpixels end at the edges of the blocks.</source>
        <translation>将高光谱立方体划分为由相邻且光谱相似的像元组成的小多边形。其边界沿像元边缘，合起来覆盖每个有数据的像元一次。

无需绘制即可得到训练区：单击选择多边形，用字段计算栏或属性表在字段“class”中填写类别，再以类别字段“class”将图层用于“由训练区分类”。没有类别的多边形在那里被忽略。

字段：pixels、area_ha、brightness（所有值的平均）、bright_std（其在像元间的标准差）、spread（像元光谱间的差异，以场景标准差为单位；地物混杂时较大）、neighbours 和 neighb_ids（有公共边或公共角的多边形）。超出内存预算的立方体分块处理，超像素止于块的边缘。</translation>
    </message>
    <message>
        <source>hyperspectral,SLIC,segmentation,objects,OBIA,labelling,training areas</source>
        <translation>高光谱,SLIC,分割,对象,OBIA,标注,训练区</translation>
    </message>
    <message>
        <source>Pixels per superpixel</source>
        <translation>每个超像素的像元数</translation>
    </message>
    <message>
        <source>Mean number of pixels in a superpixel.</source>
        <translation>一个超像素的平均像元数。</translation>
    </message>
    <message>
        <source>Larger values give rounder superpixels. It is the spectral distance that counts as much as the side length of a superpixel, in standard deviations of the last component.</source>
        <translation>值越大，超像素越圆。它是与超像素边长同等重要的光谱距离，以最后一个分量的标准差为单位。</translation>
    </message>
    <message>
        <source>Number of principal components of the spectra from which superpixels are made.</source>
        <translation>生成超像素所用的光谱主成分数。</translation>
    </message>
    <message>
        <source>Mean of every band as a field</source>
        <translation>每个波段的平均值作为字段</translation>
    </message>
    <message>
        <source>Adds a field for each band used, called nm_ and the wavelength or band_ and the number. It holds the superpixel's mean of the values in the file.</source>
        <translation>为每个使用的波段添加一个字段，名为 nm_ 加波长，或 band_ 加编号。字段值为文件中的值在超像素内的平均。</translation>
    </message>
    <message>
        <source>Superpixels</source>
        <translation>超像素</translation>
    </message>
    <message>
        <source>GeoPackage of polygons with an empty text field 'class'.</source>
        <translation>带有空文本字段“class”的多边形 GeoPackage。</translation>
    </message>
    <message>
        <source>Number of superpixels</source>
        <translation>超像素数</translation>
    </message>
    <message>
        <source>Suggest areas to label next</source>
        <translation>建议接下来标注的区域</translation>
    </message>
    <message>
        <source>Show where more training areas would improve a model most</source>
        <translation>显示在哪里增加训练区最能改进模型</translation>
    </message>
    <message>
        <source>Ranks the superpixels of a cube by how much knowing their class would improve a model, and writes the first ones as polygons. High ranks go to superpixels that are large enough, whose two most likely classes are close, and that differ from those ranked above. None overlaps an area that already has a class.

Toggle editing of the layer, open the attribute table or the form of an area, and choose its class from the list. Leave the class empty if you do not know the cover or if the area has several. Then train again with the layer as 'More training areas'. Areas without a class are ignored there. For further suggestions, give the layer as 'Earlier suggestions or more training areas'. Areas left empty are not suggested again, and similar ones rank lower.

Fields: rank, the class to be set (named as in the model's training), predicted and runner_up (the two most likely classes), reason, confidence (calibrated probability of the predicted class, mean over the pixels), margin (difference to the probability of the next class), entropy (0: one class is certain, 1: all classes are equally likely), pixels and area_ha.</source>
        <translation>按得知其类别对模型的改进程度对立方体的超像素排序，并将最前面的写为多边形。排在前面的是足够大、两个最可能的类别相近、且与排名更高者不同的超像素。它们都不与已有类别的区域重叠。

切换图层的编辑状态，打开属性表或区域的表单，从列表中选择类别。不知道地物或区域含有多种地物时留空。然后将该图层作为“更多训练区”再次训练。没有类别的区域在那里被忽略。要获取更多建议，请将该图层作为“先前的建议或更多训练区”给出。留空的区域不再建议，相似的区域排名靠后。

字段：rank（排名）、待设定的类别（名称与模型训练时相同）、predicted 和 runner_up（两个最可能的类别）、reason（理由）、confidence（预测类别的校准概率，像元平均）、margin（与下一类别的概率之差）、entropy（0：某一类确定，1：所有类别同等可能）、pixels 和 area_ha。</translation>
    </message>
    <message>
        <source>hyperspectral,active learning,uncertainty,sampling,labelling,training areas,superpixels</source>
        <translation>高光谱,主动学习,不确定性,抽样,标注,训练区,超像素</translation>
    </message>
    <message>
        <source>Areas that already have a class</source>
        <translation>已有类别的区域</translation>
    </message>
    <message>
        <source>Usually the training areas. No suggestion overlaps them.</source>
        <translation>通常为训练区。建议的区域不与它们重叠。</translation>
    </message>
    <message>
        <source>Field with the class of these areas. Areas where it is empty are ignored. The suggestions get a field of the same name. If left empty, the field by which the layer is categorised is used, or its only text field.</source>
        <translation>含这些区域类别的字段。该字段为空的区域会被忽略。建议的区域会有同名字段。留空时，使用图层分类显示所用的字段，或其唯一的文本字段。</translation>
    </message>
    <message>
        <source>Earlier suggestions or more training areas</source>
        <translation>先前的建议或更多训练区</translation>
    </message>
    <message>
        <source>Areas with a class count as labelled. Areas without one are not suggested again, and similar ones rank lower. The class field must have the same name in both layers.</source>
        <translation>有类别的区域视为已标注。没有类别的区域不再建议，相似的区域排名靠后。两个图层的类别字段必须同名。</translation>
    </message>
    <message>
        <source>Number of suggestions</source>
        <translation>建议数量</translation>
    </message>
    <message>
        <source>A larger number adds suggestions after the others.</source>
        <translation>更大的数字会在其后添加更多建议。</translation>
    </message>
    <message>
        <source>Mean size of the superpixels. 0 takes that of the model's middle scale.</source>
        <translation>超像素的平均大小。0 表示采用模型中间尺度的大小。</translation>
    </message>
    <message>
        <source>Suggested areas</source>
        <translation>建议的区域</translation>
    </message>
    <message>
        <source>GeoPackage of ranked polygons with a list of classes to choose from.</source>
        <translation>按顺序排列的多边形 GeoPackage，附可选类别列表。</translation>
    </message>
    <message>
        <source>Number of suggested areas</source>
        <translation>建议的区域数</translation>
    </message>
    <message>
        <source>Compare two maps</source>
        <translation>比较两幅地图</translation>
    </message>
    <message>
        <source>Show what changed from one class map to another, and where</source>
        <translation>说明从一幅类别图到另一幅有何变化以及在何处</translation>
    </message>
    <message>
        <source>Compares two class maps, of two dates or of two models. Writes a map of the changes ('Corn -&gt; Woods'), the change matrix in pixels and hectares, and a report of the largest changes. Unchanged areas are pale, and changes have strong colours.

Classes are matched by name, or by value if one of the maps has no names. The maps may have different grids or coordinate reference systems. Each pixel of the map before is then compared with the nearest one of the map after, and a warning appears. Pixels without a class in one of the maps are 0 and are not compared.

The result shows how the maps differ, not how the land differs: errors in either map count as changes. Check both maps with 'Assess accuracy'.</source>
        <translation>比较两个日期或两个模型的类别图。写出变化图（“玉米 -&gt; 林地”）、以像元和公顷计的变化矩阵，以及最大变化的报告。未变化的区域颜色浅，变化颜色鲜明。

类别按名称匹配；若其中一幅没有名称，则按值匹配。两幅地图可以有不同的格网或坐标参照系。此时，之前地图的每个像元与之后地图中最近的像元比较，并给出警告。在任一地图中没有类别的像元为 0，不参与比较。

结果显示的是地图之间的差异，而非土地的差异：任一地图的错误都会计为变化。请用“精度评价”检查两幅地图。</translation>
    </message>
    <message>
        <source>change detection,change matrix,transition,from-to,two dates,difference,area</source>
        <translation>变化检测,变化矩阵,转移,从-到,两个日期,差异,面积</translation>
    </message>
    <message>
        <source>Map before</source>
        <translation>之前的地图</translation>
    </message>
    <message>
        <source>Class map of the earlier date.</source>
        <translation>较早日期的类别图。</translation>
    </message>
    <message>
        <source>Map after</source>
        <translation>之后的地图</translation>
    </message>
    <message>
        <source>Class map of the later date, or of another model.</source>
        <translation>较晚日期或另一模型的类别图。</translation>
    </message>
    <message>
        <source>Change map</source>
        <translation>变化图</translation>
    </message>
    <message>
        <source>One value for each change: the class before and the class after, for example 305 for 3 to 5. If these values would become too large, the changes are numbered.</source>
        <translation>每种变化一个值：由之前和之后的类别组成，例如 3 变为 5 为 305。若这些值过大，则对变化编号。</translation>
    </message>
    <message>
        <source>Change matrix</source>
        <translation>变化矩阵</translation>
    </message>
    <message>
        <source>Change report</source>
        <translation>变化报告</translation>
    </message>
    <message>
        <source>Share of the compared area that changed, 0 to 1</source>
        <translation>比较面积中变化的比例，0 到 1</translation>
    </message>
    <message>
        <source>Pixels that changed</source>
        <translation>变化的像元</translation>
    </message>
    <message>
        <source>Hectares that changed</source>
        <translation>变化的公顷数</translation>
    </message>
    <message>
        <source>Pixels with a class in both maps</source>
        <translation>两幅地图中都有类别的像元</translation>
    </message>
    <message>
        <source>Set up the engine</source>
        <translation>安装引擎</translation>
    </message>
    <message>
        <source>Install the Python packages of the engine, separate from those of QGIS</source>
        <translation>安装引擎的 Python 软件包，与 QGIS 的分开</translation>
    </message>
    <message>
        <source>Installs the packages of the engine into a separate environment in your user folder. The Python of QGIS is not changed. A network connection is needed. The installation takes a few minutes and about 1.5 GB of disk space, or several GB with an NVIDIA card. If it was cancelled or interrupted, run it again to continue.

You do not need it if you choose a Python that has the packages in Settings &gt; Options &gt; Processing &gt; Providers &gt; MIAF-Net. 'Remove the engine' frees the space again.</source>
        <translation>将引擎的软件包安装到用户文件夹中的独立环境。QGIS 的 Python 不会被改动。需要网络连接。安装需要数分钟和约 1.5 GB 的磁盘空间，有 NVIDIA 显卡时为数 GB。若被取消或中断，请再次运行以继续。

如果在 设置 &gt; 选项 &gt; 处理 &gt; 提供者 &gt; MIAF-Net 中选择了已有这些软件包的 Python，则不需要安装。“移除引擎”可释放空间。</translation>
    </message>
    <message>
        <source>install,setup,torch,environment,dependencies,gpu,cuda</source>
        <translation>安装,设置,torch,环境,依赖,GPU,CUDA</translation>
    </message>
    <message>
        <source>Python</source>
        <translation>Python</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有文件</translation>
    </message>
    <message>
        <source>Python 3.10 or newer from which the environment is made. If left empty, that of QGIS is used or, if it is too old, the newest one found.</source>
        <translation>用于创建环境的 Python 3.10 或更新版本。留空时使用 QGIS 的 Python；若其过旧，则使用找到的最新版本。</translation>
    </message>
    <message>
        <source>Compute on</source>
        <translation>计算设备</translation>
    </message>
    <message>
        <source>Build of torch. auto: looks for an NVIDIA card and its driver. cpu: the smaller build. cuda: also checks that the engine finds a card.</source>
        <translation>torch 的构建版本。auto：查找 NVIDIA 显卡及其驱动。cpu：较小的版本。cuda：还会检查引擎能否找到显卡。</translation>
    </message>
    <message>
        <source>Folder of wheels</source>
        <translation>wheel 文件夹</translation>
    </message>
    <message>
        <source>Folder with wheel files, to install without a network connection.</source>
        <translation>含 wheel 文件的文件夹，用于无网络安装。</translation>
    </message>
    <message>
        <source>Extra package index</source>
        <translation>额外的软件包索引</translation>
    </message>
    <message>
        <source>URL of the package index for another build of torch, for example for a certain CUDA version. The installation page of PyTorch lists them.</source>
        <translation>torch 其他构建版本的软件包索引网址，例如用于特定 CUDA 版本。PyTorch 的安装页面列出了这些网址。</translation>
    </message>
    <message>
        <source>Python of the engine</source>
        <translation>引擎的 Python</translation>
    </message>
    <message>
        <source>Device found</source>
        <translation>找到的设备</translation>
    </message>
    <message>
        <source>Remove the engine</source>
        <translation>移除引擎</translation>
    </message>
    <message>
        <source>Free the disk space used by the packages of the engine</source>
        <translation>释放引擎软件包占用的磁盘空间</translation>
    </message>
    <message>
        <source>Removes the packages installed by 'Set up the engine', including those of older versions, and the log files of the runs. Your maps and models are kept, and so is a Python that you chose in the options. To use the engine again, run 'Set up the engine'.</source>
        <translation>移除“安装引擎”安装的软件包（包括旧版本的）和运行日志文件。您的地图和模型会保留，在选项中选择的 Python 也会保留。要再次使用引擎，请运行“安装引擎”。</translation>
    </message>
    <message>
        <source>uninstall,remove,disk space,environment,logs</source>
        <translation>卸载,移除,磁盘空间,环境,日志</translation>
    </message>
    <message>
        <source>Remove the logs</source>
        <translation>移除日志</translation>
    </message>
    <message>
        <source>Removes the log files of the runs. Other files in their folder are kept.</source>
        <translation>移除运行日志文件。其文件夹中的其他文件会保留。</translation>
    </message>
    <message>
        <source>Megabytes freed</source>
        <translation>释放的兆字节数</translation>
    </message>
    <message>
        <source>Report engine and hardware</source>
        <translation>报告引擎和硬件</translation>
    </message>
    <message>
        <source>List versions, packages and devices for a bug report</source>
        <translation>列出版本、软件包和设备，用于错误报告</translation>
    </message>
    <message>
        <source>Lists the versions of QGIS, Python and the engine's packages, the Python that runs the engine, and the devices it finds. Add the text to a bug report. Your home folder is shown as ~ and your user name as USER.</source>
        <translation>列出 QGIS、Python 和引擎软件包的版本、运行引擎的 Python，以及找到的设备。请将文本附在错误报告中。您的主文件夹显示为 ~，用户名显示为 USER。</translation>
    </message>
    <message>
        <source>diagnostics,version,gpu,cuda,support,bug</source>
        <translation>诊断,版本,GPU,CUDA,支持,错误</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>The text shown in the log, to copy into a bug report.</source>
        <translation>日志中显示的文本，可复制到错误报告中。</translation>
    </message>
    <message>
        <source>Open the demo scene</source>
        <translation>打开演示场景</translation>
    </message>
    <message>
        <source>Open the Indian Pines scene with its training and test areas</source>
        <translation>打开 Indian Pines 场景及其训练区和测试区</translation>
    </message>
    <message>
        <source>Opens the Indian Pines scene that comes with the plugin: a small hyperspectral cube, training areas and test areas. It is copied to your user folder, so you can edit it freely. Then run 'Classify from training areas' with the class field 'cover'.</source>
        <translation>打开插件附带的 Indian Pines 场景：一个小型高光谱立方体、训练区和测试区。它会复制到您的用户文件夹，可随意编辑。然后以类别字段“cover”运行“由训练区分类”。</translation>
    </message>
    <message>
        <source>demo,example,tutorial,Indian Pines,sample data</source>
        <translation>演示,示例,教程,Indian Pines,示例数据</translation>
    </message>
    <message>
        <source>Demo scene</source>
        <translation>演示场景</translation>
    </message>
    <message>
        <source>Demo scene (Indian Pines)</source>
        <translation>演示场景 (Indian Pines)</translation>
    </message>
    <message>
        <source>Demo training areas</source>
        <translation>演示训练区</translation>
    </message>
    <message>
        <source>Demo test areas</source>
        <translation>演示测试区</translation>
    </message>
    <message>
        <source>Import a benchmark scene</source>
        <translation>导入基准场景</translation>
    </message>
    <message>
        <source>Convert a scene from MATLAB or NumPy files to rasters and areas</source>
        <translation>将 MATLAB 或 NumPy 文件中的场景转换为栅格和区域</translation>
    </message>
    <message>
        <source>Scenes from the literature, such as Indian Pines, Salinas or Pavia University, are published as arrays in .mat or .npy files. This algorithm converts them to a hyperspectral cube that QGIS can open, a label raster, and areas with the text field 'class', one for each connected region of labels.

Then run 'Classify from training areas' with the cube, the areas and the class field 'class'. Whole regions are held out to measure accuracy. A class with one region is divided, which makes its accuracy too high.

Arrays have no location. Without an origin the rasters have no georeference, and QGIS draws them from 0,0 downwards in pixels. The areas match them.</source>
        <translation>文献中的场景，如 Indian Pines、Salinas 或 Pavia University，以 .mat 或 .npy 文件中的数组形式发布。本算法将它们转换为 QGIS 可打开的高光谱立方体、标签栅格，以及带文本字段“class”的区域，每个相连的标签区域各一个。

然后以该立方体、区域和类别字段“class”运行“由训练区分类”。衡量精度时留出整个区域。只有一个区域的类别会被分割，使其精度偏高。

数组没有位置信息。没有原点时，栅格没有地理参照，QGIS 以像元为单位从 0,0 向下绘制。区域与之对应。</translation>
    </message>
    <message>
        <source>benchmark,mat,MATLAB,npy,NumPy,Indian Pines,Salinas,Pavia,Jasper Ridge,ground truth,import</source>
        <translation>基准,mat,MATLAB,npy,NumPy,Indian Pines,Salinas,Pavia,Jasper Ridge,真值,导入</translation>
    </message>
    <message>
        <source>Array file of the cube</source>
        <translation>立方体的数组文件</translation>
    </message>
    <message>
        <source>Arrays</source>
        <translation>数组</translation>
    </message>
    <message>
        <source>MATLAB file (version 5 or 7.3) or NumPy .npy with the spectra.</source>
        <translation>含光谱的 MATLAB 文件（版本 5 或 7.3）或 NumPy .npy 文件。</translation>
    </message>
    <message>
        <source>Array of the cube</source>
        <translation>立方体的数组</translation>
    </message>
    <message>
        <source>Name of the array in a MATLAB file. If left empty, the only array with three axes is used.</source>
        <translation>MATLAB 文件中数组的名称。留空时使用唯一的三轴数组。</translation>
    </message>
    <message>
        <source>Array file of the labels</source>
        <translation>标签的数组文件</translation>
    </message>
    <message>
        <source>MATLAB or NumPy file with the class number of each pixel, 0 where it is not known. Or with abundances, one layer per class.</source>
        <translation>含每个像元类别编号的 MATLAB 或 NumPy 文件，未知处为 0。或者是丰度，每类一层。</translation>
    </message>
    <message>
        <source>Array of the labels</source>
        <translation>标签的数组</translation>
    </message>
    <message>
        <source>Name of the array in a MATLAB file. If left empty, the only array that fits the cube is used. With a name but no labels file, the array is read from the cube's file.</source>
        <translation>MATLAB 文件中数组的名称。留空时使用唯一与立方体相符的数组。若有名称而没有标签文件，则从立方体文件中读取该数组。</translation>
    </message>
    <message>
        <source>List of class names</source>
        <translation>类别名称列表</translation>
    </message>
    <message>
        <source>Text file with one line per class: value and name, for example '10 Corn', or names only, in the order of the values.</source>
        <translation>文本文件，每类一行：值和名称，例如“10 玉米”；或仅有名称，按值的顺序排列。</translation>
    </message>
    <message>
        <source>List of wavelengths</source>
        <translation>波长列表</translation>
    </message>
    <message>
        <source>Text or CSV file with one wavelength per line, or with the column 'wavelength' and optionally 'fwhm'. Also an AVIRIS .spc file or an .npy file. Values in nanometres or micrometres.</source>
        <translation>文本或 CSV 文件，每行一个波长，或含列“wavelength”和可选的“fwhm”。也可以是 AVIRIS .spc 文件或 .npy 文件。单位为纳米或微米。</translation>
    </message>
    <message>
        <source>Bands in the list that the cube lacks</source>
        <translation>列表中立方体缺少的波段</translation>
    </message>
    <message>
        <source>Band numbers from 1, for example 104-108,150-163,220. Needed if the list has all bands of the sensor and noisy ones were removed from the cube.</source>
        <translation>从 1 开始的波段编号，例如 104-108,150-163,220。当列表含传感器的所有波段，而立方体已去除噪声波段时需要填写。</translation>
    </message>
    <message>
        <source>Order of the axes</source>
        <translation>轴的顺序</translation>
    </message>
    <message>
        <source>auto: derived from the shape of the labels, otherwise rows,columns,bands.</source>
        <translation>auto：由标签的形状推断，否则为 rows,columns,bands。</translation>
    </message>
    <message>
        <source>Number of rows, if the image is a list of pixels</source>
        <translation>行数（当影像是像元列表时）</translation>
    </message>
    <message>
        <source>Needed only for a cube with two axes, pixels and bands. Otherwise 0.</source>
        <translation>仅用于有像元和波段两个轴的立方体，否则为 0。</translation>
    </message>
    <message>
        <source>Number of columns, if the image is a list of pixels</source>
        <translation>列数（当影像是像元列表时）</translation>
    </message>
    <message>
        <source>As for the rows.</source>
        <translation>与行数相同。</translation>
    </message>
    <message>
        <source>Order of the pixels in the list</source>
        <translation>列表中像元的顺序</translation>
    </message>
    <message>
        <source>F: column by column, as in MATLAB. C: row by row.</source>
        <translation>F：按列，与 MATLAB 相同。C：按行。</translation>
    </message>
    <message>
        <source>Minimum abundance of a class (%)</source>
        <translation>类别的最小丰度 (%)</translation>
    </message>
    <message>
        <source>If the labels are abundances: pixels with at least this abundance belong to the class.</source>
        <translation>若标签为丰度：丰度不低于此值的像元属于该类别。</translation>
    </message>
    <message>
        <source>Nodata value</source>
        <translation>无数据值</translation>
    </message>
    <message>
        <source>Value of pixels without data.</source>
        <translation>没有数据的像元的值。</translation>
    </message>
    <message>
        <source>CRS of the origin</source>
        <translation>原点的坐标系</translation>
    </message>
    <message>
        <source>Used only with an origin. If left empty, the rasters have no CRS.</source>
        <translation>仅与原点一起使用。留空时栅格没有坐标系。</translation>
    </message>
    <message>
        <source>Origin (upper left corner)</source>
        <translation>原点（左上角）</translation>
    </message>
    <message>
        <source>x,y of the upper left corner of the image. If left empty, the rasters have no georeference.</source>
        <translation>影像左上角的 x,y。留空时栅格没有地理参照。</translation>
    </message>
    <message>
        <source>Pixel size</source>
        <translation>像元大小</translation>
    </message>
    <message>
        <source>One number, or width,height, in units of the CRS.</source>
        <translation>一个数，或 宽,高，以坐标系的单位表示。</translation>
    </message>
    <message>
        <source>Cube</source>
        <translation>立方体</translation>
    </message>
    <message>
        <source>Label raster</source>
        <translation>标签栅格</translation>
    </message>
    <message>
        <source>Areas of the labels</source>
        <translation>标签的区域</translation>
    </message>
    <message>
        <source>Add class names to polygons</source>
        <translation>为多边形添加类别名称</translation>
    </message>
    <message>
        <source>Add the names and colours of a class map's legend to its polygons</source>
        <translation>为类别图的多边形添加其图例的名称和颜色</translation>
    </message>
    <message>
        <source>Adds the fields 'class' and 'colour' to polygons made from a class map, for example with 'Polygonise'. They hold the name and colour of the polygon's value in the legend of the map. Polygons whose value is not in the legend get empty fields. The layer is shown in the colours of the map.</source>
        <translation>为由类别图生成的多边形（例如用“栅格转多边形”）添加字段“class”和“colour”。它们包含多边形的值在地图图例中的名称和颜色。值不在图例中的多边形得到空字段。图层以地图的颜色显示。</translation>
    </message>
    <message>
        <source>polygonise,vectorise,legend,classification,land cover</source>
        <translation>栅格转多边形,矢量化,图例,分类,土地覆盖</translation>
    </message>
    <message>
        <source>Polygons of a class map</source>
        <translation>类别图的多边形</translation>
    </message>
    <message>
        <source>Polygons with a field of class values.</source>
        <translation>带有类别值字段的多边形。</translation>
    </message>
    <message>
        <source>Field of class values</source>
        <translation>类别值字段</translation>
    </message>
    <message>
        <source>GDAL's 'Polygonise' calls it DN.</source>
        <translation>GDAL 的“栅格转多边形”将其命名为 DN。</translation>
    </message>
    <message>
        <source>Map from which the polygons were made. Its legend is used.</source>
        <translation>生成多边形所用的地图。使用其图例。</translation>
    </message>
    <message>
        <source>Polygons with class names</source>
        <translation>带类别名称的多边形</translation>
    </message>
    <message>
        <source>hyperspectral,classification,land cover,deep learning,model,workflow</source>
        <translation>高光谱,分类,土地覆盖,深度学习,模型,工作流</translation>
    </message>
    <message>
        <source>Text or number that names the class.</source>
        <translation>表示类别的文本或数字。</translation>
    </message>
    <message>
        <source>Passes over the training areas; 150 suits most scenes.</source>
        <translation>遍历训练区的次数；150 适合大多数场景。</translation>
    </message>
    <message>
        <source>auto, cpu, cuda:N or mps.</source>
        <translation>auto、cpu、cuda:N 或 mps。</translation>
    </message>
    <message>
        <source>Smallest patch (pixels)</source>
        <translation>最小斑块（像素）</translation>
    </message>
    <message>
        <source>Smaller patches take the class of their largest neighbour; 1 keeps all.</source>
        <translation>更小的斑块归入其最大相邻斑块的类别；1 保留全部。</translation>
    </message>
    <message>
        <source>Land-cover polygons</source>
        <translation>土地覆盖多边形</translation>
    </message>
    <message>
        <source>Cubes to classify</source>
        <translation>待分类的立方体</translation>
    </message>
    <message>
        <source>Cubes of the same sensor, the first one among them if it is to be mapped too.</source>
        <translation>同一传感器的立方体；若第一个也要制图，请将它包括在内。</translation>
    </message>
    <message>
        <source>Areas of known cover that the model has not seen.</source>
        <translation>模型未见过的已知覆盖区域。</translation>
    </message>
    <message>
        <source>Field with the names of the classes, as in the training.</source>
        <translation>含类别名称的字段，与训练时相同。</translation>
    </message>
    <message>
        <source>Of the 95 % interval, as a fraction: 0.05 for 5 percentage points.</source>
        <translation>95 % 区间的半宽，用小数表示：0.05 表示 5 个百分点。</translation>
    </message>
    <message>
        <source>Olofsson et al. (2014) advise 50 to 100.</source>
        <translation>Olofsson 等（2014）建议 50 至 100。</translation>
    </message>
    <message>
        <source>Python that runs the engine (empty: found automatically)</source>
        <translation>运行引擎的 Python（留空：自动查找）</translation>
    </message>
    <message>
        <source>Device used for auto</source>
        <translation>auto 所用的设备</translation>
    </message>
    <message>
        <source>Memory budget (MiB) used for 0 (0: automatic)</source>
        <translation>填 0 时的内存预算（MiB，0：自动）</translation>
    </message>
    <message>
        <source>Threads of the engine (0: automatic)</source>
        <translation>引擎线程数（0：自动）</translation>
    </message>
    <message>
        <source>Folder for log files (empty: user folder)</source>
        <translation>日志文件夹（留空：用户文件夹）</translation>
    </message>
    <message>
        <source>The run is not finished. Stop it?</source>
        <translation>运行尚未完成。要停止吗？</translation>
    </message>
    <message>
        <source>If not, it continues in the background and is shown in the list of tasks at the bottom of the QGIS window. A training that is stopped continues where it was when you run it again.</source>
        <translation>否则它会在后台继续，并显示在 QGIS 窗口底部的任务列表中。被停止的训练在再次运行时从中断处继续。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Continue in the background</source>
        <translation>在后台继续</translation>
    </message>
    <message>
        <source>The engine is ready.</source>
        <translation>引擎已就绪。</translation>
    </message>
    <message>
        <source>Spectra</source>
        <translation>光谱</translation>
    </message>
    <message>
        <source>Training curve</source>
        <translation>训练曲线</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>MIAF-Net needs its engine: 1.5 GB or more, a few minutes.</source>
        <translation>MIAF-Net 需要其引擎：至少 1.5 GB，几分钟。</translation>
    </message>
    <message>
        <source>Open a copy in the model designer…</source>
        <translation>在模型设计器中打开副本…</translation>
    </message>
    <message>
        <source>The project is not saved yet. Its areas are in a folder of your profile. Save the project to keep them beside it.</source>
        <translation>项目尚未保存。其区域位于您的配置文件夹中。保存项目后，区域会与其放在一起。</translation>
    </message>
    <message>
        <source>The areas are saved in {name}.</source>
        <translation>区域保存在 {name} 中。</translation>
    </message>
    <message>
        <source>The training areas cannot be read from '{path}'. Put the file back and open the project again, or remove the layer '{name}' from the project to draw new areas.</source>
        <translation>无法从“{path}”读取训练区。请将文件放回原处并重新打开工程，或从工程中移除图层“{name}”以绘制新的训练区。</translation>
    </message>
    <message>
        <source>Areas cannot be stored in the layer '{name}': it is read-only, or its class field '{field}' is not a text field of its file. Choose another layer with the button beside the colours.</source>
        <translation>无法将区域存入图层“{name}”：该图层为只读，或其类别字段“{field}”不是其文件的文本字段。请用颜色旁的按钮选择其他图层。</translation>
    </message>
    <message>
        <source>The class field '{field}' of layer '{layer}' holds {count} characters at most, so that it cannot store '{name}'. Choose a shorter name, or another layer with the button beside the colours.</source>
        <translation>图层“{layer}”的类别字段“{field}”最多容纳 {count} 个字符，无法存储“{name}”。请选择较短的名称，或用颜色旁的按钮选择另一个图层。</translation>
    </message>
    <message>
        <source>The training areas cannot be stored in '{path}': {reason}</source>
        <translation>训练区无法保存到“{path}”：{reason}</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Areas</source>
        <translation>区域</translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation>像元</translation>
    </message>
    <message>
        <source>ha</source>
        <translation>公顷</translation>
    </message>
    <message>
        <source>Double-click to rename; right-click for colour and removal.</source>
        <translation>双击可重命名；右击可更改颜色或删除。</translation>
    </message>
    <message>
        <source>Number of training areas</source>
        <translation>训练区数量</translation>
    </message>
    <message>
        <source>Pixels of the cube in the training areas</source>
        <translation>训练区内的立方体像元数</translation>
    </message>
    <message>
        <source>Hectares of the class in the last map</source>
        <translation>最近一幅图中该类别的公顷数</translation>
    </message>
    <message>
        <source>Producer's accuracy: share of this class in the training areas that the map finds, measured on areas held out in turn</source>
        <translation>生产者精度：训练区内该类别被图正确识别的比例，用轮流留出的区域测得</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Change colour…</source>
        <translation>更改颜色…</translation>
    </message>
    <message>
        <source>Remove class and its areas</source>
        <translation>删除类别及其区域</translation>
    </message>
    <message>
        <source>There is already a class '{name}'.</source>
        <translation>已有类别“{name}”。</translation>
    </message>
    <message>
        <source>MIAF-Net panel</source>
        <translation>MIAF-Net 面板</translation>
    </message>
    <message>
        <source>Draw training areas and map a hyperspectral cube</source>
        <translation>绘制训练区并对高光谱立方体制图</translation>
    </message>
    <message>
        <source>The accuracy of this map was not measured, because no area could be held out of the training. Draw several areas of each class, each of several pixels.</source>
        <translation>由于没有区域可从训练中留出，未测量此地图的精度。请为每个类别绘制多个区域，每个区域包含多个像元。</translation>
    </message>
    <message>
        <source>The accuracy of this map was not measured, because the model from which it continues was trained on all areas. Train from the beginning to measure it.</source>
        <translation>未衡量此地图的精度，因为继续训练所基于的模型已用所有区域训练。要衡量精度，请从头训练。</translation>
    </message>
    <message>
        <source>{share} % of the map is unlike all training areas.</source>
        <translation>地图的 {share} % 与所有训练区都不相似。</translation>
    </message>
    <message>
        <source>Draw areas</source>
        <translation>绘制区域</translation>
    </message>
    <message>
        <source>Draw areas of the current class: click the corners and finish with a right click, or hold the button and draw around the area.</source>
        <translation>绘制当前类别的区域：单击各角点并以右击结束，或按住鼠标键沿区域边界拖动。</translation>
    </message>
    <message>
        <source>Click superpixels</source>
        <translation>点选超像素</translation>
    </message>
    <message>
        <source>Assign the current class to superpixels: click one, or hold the button and brush over several. Click again to remove the class. The keys 1 to 9 choose a class.</source>
        <translation>将当前类别赋给超像素：单击一个，或按住鼠标键刷过多个。再次单击则取消类别。数字键 1 至 9 选择类别。</translation>
    </message>
    <message>
        <source>New class</source>
        <translation>新建类别</translation>
    </message>
    <message>
        <source>Use areas of another layer</source>
        <translation>使用其他图层的区域</translation>
    </message>
    <message>
        <source>The cube is divided into superpixels. Click those that you know.</source>
        <translation>立方体已划分为超像素。请单击您认识的超像素。</translation>
    </message>
    <message>
        <source>Open a hyperspectral cube, or the demo scene from the menu.</source>
        <translation>请打开一个高光谱立方体，或从菜单打开演示场景。</translation>
    </message>
    <message>
        <source>Add a class, then draw areas where you know the cover.</source>
        <translation>添加一个类别，然后在已知地物处绘制区域。</translation>
    </message>
    <message>
        <source>Draw areas of at least two classes, several of each.</source>
        <translation>请绘制至少两个类别的区域，每类多个。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Wait until the run has ended, then make the superpixels.</source>
        <translation>请等待运行结束，然后生成超像素。</translation>
    </message>
    <message>
        <source>The area is outside the cube and was not added.</source>
        <translation>该区域位于立方体之外，未添加。</translation>
    </message>
    <message>
        <source>Update map</source>
        <translation>更新地图</translation>
    </message>
    <message>
        <source>Suggest where to draw next</source>
        <translation>建议下一步绘制的位置</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Continue from the last model</source>
        <translation>从上一个模型继续</translation>
    </message>
    <message>
        <source>Takes a fraction of the time. The accuracy is not measured, because the model was trained on all areas.</source>
        <translation>只需一小部分时间。不衡量精度，因为模型已用所有区域训练。</translation>
    </message>
    <message>
        <source>Quick look: {n} epochs</source>
        <translation>快速查看：{n} 轮</translation>
    </message>
    <message>
        <source>Standard: {n} epochs</source>
        <translation>标准：{n} 轮</translation>
    </message>
    <message>
        <source>Best: {n} epochs</source>
        <translation>最佳：{n} 轮</translation>
    </message>
    <message>
        <source>Open the dialog with these values…</source>
        <translation>用这些值打开对话框…</translation>
    </message>
    <message>
        <source>Copy the last run</source>
        <translation>复制上次运行</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>正在启动…</translation>
    </message>
    <message>
        <source>Cancelling…</source>
        <translation>正在取消…</translation>
    </message>
    <message>
        <source>Copy as command</source>
        <translation>复制为命令</translation>
    </message>
    <message>
        <source>Copy as Python</source>
        <translation>复制为 Python</translation>
    </message>
    <message>
        <source>Suggested areas: {count}. The first one is in view. Draw there if you know the cover.</source>
        <translation>建议的区域：{count} 个。第一个已显示在视图中。如果您知道那里的地物，请在该处绘制。</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>已取消。</translation>
    </message>
    <message>
        <source>The run failed: {reason}</source>
        <translation>运行失败：{reason}</translation>
    </message>
    <message>
        <source>There is no algorithm '{name}'. Is the plugin Processing enabled?</source>
        <translation>没有算法“{name}”。是否已启用插件“处理”(Processing)？</translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation>秒数</translation>
    </message>
    <message>
        <source>Its accuracy was not measured: no pixels were held out.</source>
        <translation>未衡量其精度：没有留出像元。</translation>
    </message>
    <message>
        <source>Its accuracy was not measured.</source>
        <translation>未衡量其精度。</translation>
    </message>
    <message>
        <source>About {share} % of the map should be right.</source>
        <translation>图中约 {share} % 应当正确。</translation>
    </message>
    <message>
        <source>About {share} % of the map should be right (95 % interval {low} to {high} %).</source>
        <translation>图中约 {share} % 应当正确（95 % 区间为 {low} 至 {high} %）。</translation>
    </message>
    <message>
        <source>The accuracy of the map was not measured.</source>
        <translation>地图的精度未经测量。</translation>
    </message>
    <message>
        <source>Land cover of {cube}, classified by MIAF-Net.</source>
        <translation>{cube} 的土地覆盖，由 MIAF-Net 分类。</translation>
    </message>
    <message>
        <source>Overall accuracy {value} %. {definition}</source>
        <translation>总体精度 {value} %。{definition}</translation>
    </message>
    <message>
        <source>The model's accuracy on its training scene {scene}: {accuracy}</source>
        <translation>模型在其训练场景 {scene} 上的精度：{accuracy}</translation>
    </message>
    <message>
        <source>Trained on {areas} and classified {cube}</source>
        <translation>用 {areas} 训练并对 {cube} 分类</translation>
    </message>
    <message>
        <source>Classified {cube}</source>
        <translation>已对 {cube} 分类</translation>
    </message>
    <message>
        <source>Model file: {name}</source>
        <translation>模型文件：{name}</translation>
    </message>
    <message>
        <source>Expected accuracy: {share} %</source>
        <translation>预期精度：{share} %</translation>
    </message>
    <message>
        <source>Expected accuracy: {share} % ({low} to {high} %)</source>
        <translation>预期精度：{share} %（{low} 至 {high} %）</translation>
    </message>
    <message>
        <source>Expected accuracy: not measured</source>
        <translation>预期精度：未测量</translation>
    </message>
    <message>
        <source>{text}, often too high</source>
        <translation>{text},往往偏高</translation>
    </message>
    <message>
        <source>Swipe map</source>
        <translation>卷帘对比</translation>
    </message>
    <message>
        <source>Suggest areas</source>
        <translation>建议训练区</translation>
    </message>
    <message>
        <source>Compare a map with what lies below it: drag the line. A right click turns it.</source>
        <translation>将地图与其下方的图层进行对比：拖动分界线，右键单击可旋转它。</translation>
    </message>
    <message>
        <source>Choose a raster that lies above another layer first.</source>
        <translation>请先选择一个位于其他图层之上的栅格。</translation>
    </message>
    <message>
        <source>Use as training areas</source>
        <translation>用作训练区</translation>
    </message>
    <message>
        <source>No editable polygon layer with its classes in a text field</source>
        <translation>没有可编辑且类别存于文本字段的多边形图层</translation>
    </message>
    <message>
        <source>Spectrum</source>
        <translation>光谱</translation>
    </message>
    <message>
        <source>Change colour</source>
        <translation>更改颜色</translation>
    </message>
    <message>
        <source>Rename class</source>
        <translation>重命名类别</translation>
    </message>
    <message>
        <source>Remove class</source>
        <translation>删除类别</translation>
    </message>
    <message>
        <source>Add areas</source>
        <translation>添加区域</translation>
    </message>
    <message>
        <source>Remove areas</source>
        <translation>删除区域</translation>
    </message>
    <message>
        <source>Change class</source>
        <translation>更改类别</translation>
    </message>
    <message>
        <source>Change areas</source>
        <translation>更改区域</translation>
    </message>
    <message>
        <source>Device from the options: {name}</source>
        <translation>选项中的设备：{name}</translation>
    </message>
    <message>
        <source>Memory budget from the options: {n} MiB</source>
        <translation>选项中的内存预算：{n} MiB</translation>
    </message>
    <message>
        <source>The extent '{value}' cannot be read. Write it as xmin,xmax,ymin,ymax [CRS].</source>
        <translation>无法读取范围“{value}”。请写作 xmin,xmax,ymin,ymax [坐标系]。</translation>
    </message>
    <message>
        <source>No cube was classified. See the messages above.</source>
        <translation>没有立方体被分类。请参阅上面的消息。</translation>
    </message>
    <message>
        <source>'{name}' was not classified: {reason}</source>
        <translation>“{name}”未分类：{reason}</translation>
    </message>
    <message>
        <source>The engine returned results for {found} of {count} cubes. Run 'Set up the engine' again, and then repeat this run.</source>
        <translation>引擎返回了 {found}/{count} 个立方体的结果。请再次运行“安装引擎”，然后重复此运行。</translation>
    </message>
    <message>
        <source>The folder '{folder}' cannot be made: {reason}. Choose another one.</source>
        <translation>无法创建文件夹“{folder}”：{reason}。请选择其他文件夹。</translation>
    </message>
    <message>
        <source>Changes (miaf)</source>
        <translation>变化 (miaf)</translation>
    </message>
    <message>
        <source>'Map before' and 'Map after' are the same file. Choose another one.</source>
        <translation>“之前的地图”和“之后的地图”是同一文件。请选择另一个。</translation>
    </message>
    <message>
        <source>The demo file '{path}' is missing. Install the plugin again.</source>
        <translation>缺少演示文件“{path}”。请重新安装插件。</translation>
    </message>
    <message>
        <source>The demo scene cannot be copied to {folder}: {reason}.</source>
        <translation>演示场景无法复制到 {folder}：{reason}。</translation>
    </message>
    <message>
        <source>Reference sample (miaf)</source>
        <translation>参考样本 (miaf)</translation>
    </message>
    <message>
        <source>The expected accuracy '{text}' is neither a number nor a list of numbers. Write for example 0.8, or 0.7,0.9,0.85.</source>
        <translation>预期精度“{text}”既不是数字，也不是数字列表。请填写例如 0.8，或 0.7,0.9,0.85。</translation>
    </message>
    <message>
        <source>{scene}, labels</source>
        <translation>{scene}，标签</translation>
    </message>
    <message>
        <source>{scene}, areas</source>
        <translation>{scene}，区域</translation>
    </message>
    <message>
        <source>There is no file '{path}'. Check '{title}'.</source>
        <translation>没有文件“{path}”。请检查“{title}”。</translation>
    </message>
    <message>
        <source>The pixel size '{text}' is neither one number nor two. Write for example 30, or 30,20.</source>
        <translation>像元大小“{text}”既不是一个数，也不是两个数。请填写例如 30，或 30,20。</translation>
    </message>
    <message>
        <source>Feature {number} of layer '{name}' cannot be written to '{path}' ({reason}). Choose another output, for example a new GeoPackage.</source>
        <translation>图层“{name}”的要素 {number} 无法写入“{path}”（{reason}）。请选择其他输出，例如新的 GeoPackage。</translation>
    </message>
    <message>
        <source>Raster '{name}' has no legend of classes. Choose a class map, for example from 'Classify with a model'.</source>
        <translation>栅格“{name}”没有类别图例。请选择类别图，例如“用模型分类”的结果。</translation>
    </message>
    <message>
        <source>{n} MB were freed.</source>
        <translation>已释放 {n} MB。</translation>
    </message>
    <message>
        <source>Starting the engine for the first time</source>
        <translation>首次启动引擎</translation>
    </message>
    <message>
        <source>There is an NVIDIA card, but the engine computes on the CPU. Update the driver, or run this again with 'Compute on' set to cuda.</source>
        <translation>有 NVIDIA 显卡，但引擎在 CPU 上计算。请更新驱动，或将“计算设备”设为 cuda 后再次运行。</translation>
    </message>
    <message>
        <source>The engine is ready: {python}</source>
        <translation>引擎已就绪：{python}</translation>
    </message>
    <message>
        <source>NVIDIA card: {card}; build of torch: {build}</source>
        <translation>NVIDIA 显卡：{card}；torch 构建版本：{build}</translation>
    </message>
    <message>
        <source>The environment lacks {names}. Run this again.</source>
        <translation>环境缺少 {names}。请再次运行。</translation>
    </message>
    <message>
        <source>The engine works but finds no NVIDIA card, only '{device}'. Update the driver, enter the index of a CUDA build as 'Extra package index', or run this again with 'Compute on' set to auto.</source>
        <translation>引擎可用，但未找到 NVIDIA 显卡，只有“{device}”。请更新驱动，在“附加软件包索引”中给出 CUDA 版本的索引，或将“计算设备”设为 auto 后再次运行。</translation>
    </message>
    <message>
        <source>Python {version}: {python}</source>
        <translation>Python {version}：{python}</translation>
    </message>
    <message>
        <source>none with a driver</source>
        <translation>没有带驱动的显卡</translation>
    </message>
    <message>
        <source>The environment cannot be written: {reason}.</source>
        <translation>无法写入环境：{reason}。</translation>
    </message>
    <message>
        <source>Suggested areas (miaf)</source>
        <translation>建议的区域 (miaf)</translation>
    </message>
    <message>
        <source>Superpixels (miaf)</source>
        <translation>超像素 (miaf)</translation>
    </message>
    <message>
        <source>Show cube '{name}' as:</source>
        <translation>将立方体“{name}”显示为：</translation>
    </message>
    <message>
        <source>Show cube as</source>
        <translation>立方体显示为</translation>
    </message>
    <message>
        <source>Select a hyperspectral cube in the layer tree first.</source>
        <translation>请先在图层树中选择一个高光谱立方体。</translation>
    </message>
    <message>
        <source>Validation accuracy {value}, best {best}.</source>
        <translation>验证精度 {value}，最佳 {best}。</translation>
    </message>
    <message>
        <source>No training is running.</source>
        <translation>当前没有训练在运行。</translation>
    </message>
    <message>
        <source>Before the first epoch the cube is read.</source>
        <translation>第一轮之前先读取立方体。</translation>
    </message>
    <message>
        <source>A coarse map by the training as it is now</source>
        <translation>按当前训练状态得到的粗略地图</translation>
    </message>
    <message>
        <source>The plot needs the Python package matplotlib, which this QGIS does not have.</source>
        <translation>绘图需要 Python 软件包 matplotlib，而此 QGIS 没有。</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>轮次</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Epoch {n} of {count}, loss {loss}.</source>
        <translation>第 {n} 轮，共 {count} 轮，损失 {loss}。</translation>
    </message>
    <message>
        <source>Validation accuracy (%)</source>
        <translation>验证精度 (%)</translation>
    </message>
    <message>
        <source>The change could not be written to the layer '{name}': {reason}. Check that its file is not read-only or open in another program, and that the disk is not full. Then try again.</source>
        <translation>更改无法写入图层“{name}”：{reason}。请检查其文件不是只读、没有被其他程序打开，并且磁盘未满，然后重试。</translation>
    </message>
    <message>
        <source>no reason was given</source>
        <translation>未给出原因</translation>
    </message>
    <message>
        <source>The engine's answer cannot be used: '{key}' is {value}. The engine may be of another release than the plugin. Run 'Set up the engine' again.</source>
        <translation>引擎的答复无法使用：“{key}”为 {value}。引擎与插件的版本可能不同。请再次运行“安装引擎”。</translation>
    </message>
    <message>
        <source>The engine wrote '{path}', but the file is missing. It may have been moved or deleted, or its drive may be disconnected. Run it again.</source>
        <translation>引擎已写出“{path}”，但该文件不存在。它可能被移动或删除，或其驱动器已断开。请再次运行。</translation>
    </message>
    <message>
        <source>Installing packages, which takes several minutes the first time</source>
        <translation>正在安装软件包，首次需要几分钟</translation>
    </message>
    <message>
        <source>The packages cannot be installed. Check the network connection, the proxy of QGIS and the free disk space, or choose a 'Folder of wheels'. Packages that are already installed are kept.</source>
        <translation>无法安装软件包。请检查网络连接、QGIS 的代理和可用磁盘空间，或选择“wheel 文件夹”。已安装的软件包会保留。</translation>
    </message>
    <message>
        <source>uv cannot be installed.</source>
        <translation>无法安装 uv。</translation>
    </message>
    <message>
        <source>{python} cannot make a virtual environment. On Debian and Ubuntu, install the package python3-venv. On other systems, choose a Python 3.10 or newer from python.org or conda as 'Python'.</source>
        <translation>{python} 无法创建虚拟环境。在 Debian 和 Ubuntu 上，请安装软件包 python3-venv。在其他系统上，请将“Python”设为来自 python.org 或 conda 的 Python 3.10 或更新版本。</translation>
    </message>
    <message>
        <source>uv cannot install the packages.</source>
        <translation>uv 无法安装软件包。</translation>
    </message>
    <message>
        <source>Making the environment in {folder}</source>
        <translation>正在 {folder} 中创建环境</translation>
    </message>
    <message>
        <source>Trying again with pip from {python}</source>
        <translation>用 {python} 的 pip 重试</translation>
    </message>
    <message>
        <source>The {build} build of torch is not available ({reason}). The standard build is installed instead. It is larger on Linux and has no CUDA on Windows.</source>
        <translation>torch 的 {build} 版本不可用（{reason}）。改为安装标准版本。它在 Linux 上更大，在 Windows 上没有 CUDA。</translation>
    </message>
    <message>
        <source>a few seconds left</source>
        <translation>还剩几秒</translation>
    </message>
    <message>
        <source>Cancelled. Run again to continue at epoch {n} of '{stage}'.</source>
        <translation>已取消。再次运行将从“{stage}”的第 {n} 轮继续。</translation>
    </message>
    <message>
        <source>about {n} h left</source>
        <translation>还剩约 {n} 小时</translation>
    </message>
    <message>
        <source>The engine responds again after {seconds} seconds.</source>
        <translation>引擎在 {seconds} 秒后恢复响应。</translation>
    </message>
    <message>
        <source>Cancelled. Run again to continue where it stopped.</source>
        <translation>已取消。再次运行将从停止处继续。</translation>
    </message>
    <message>
        <source>Cancelled. Run again to continue at epoch {n}.</source>
        <translation>已取消。再次运行将从第 {n} 轮继续。</translation>
    </message>
    <message>
        <source>about {n} s left</source>
        <translation>还剩约 {n} 秒</translation>
    </message>
    <message>
        <source>about {n} min left</source>
        <translation>还剩约 {n} 分钟</translation>
    </message>
    <message>
        <source>The engine has not responded for {seconds} seconds. It may hang, or the computer may be short of memory. You can keep waiting, or cancel.</source>
        <translation>引擎已 {seconds} 秒没有响应。它可能已挂起，或计算机内存不足。您可以继续等待或取消。</translation>
    </message>
    <message>
        <source>The engine has hardly computed for {seconds} seconds. It may be waiting for a network drive or a graphics card. You can keep waiting, or cancel.</source>
        <translation>引擎已有 {seconds} 秒几乎没有计算。它可能在等待网络驱动器或显卡。您可以继续等待或取消。</translation>
    </message>
    <message>
        <source>Installing the packages: {written} MB written</source>
        <translation>正在安装软件包：已写入 {written} MB</translation>
    </message>
    <message>
        <source>Downloading {name}: {done} of {size} MB</source>
        <translation>正在下载 {name}：{done}/{size} MB</translation>
    </message>
    <message>
        <source>setting of the MIAF-Net provider</source>
        <translation>MIAF-Net 提供者的设置</translation>
    </message>
    <message>
        <source>environment of the engine</source>
        <translation>引擎的环境</translation>
    </message>
    <message>
        <source>Python of QGIS</source>
        <translation>QGIS 的 Python</translation>
    </message>
    <message>
        <source>there is no such file</source>
        <translation>没有这个文件</translation>
    </message>
    <message>
        <source>The engine cannot use {python} ({origin}): {reason}. Correct the setting, or run the algorithm 'Set up the engine' (miaf:setupengine).</source>
        <translation>引擎无法使用 {python}（{origin}）：{reason}。请更正设置，或运行算法“安装引擎”(miaf:setupengine)。</translation>
    </message>
    <message>
        <source>The engine is not installed. Run the algorithm 'Set up the engine' (miaf:setupengine) once. Or choose a Python that has the packages, in Settings &gt; Options &gt; Processing &gt; Providers &gt; MIAF-Net or in the environment variable {variable}.</source>
        <translation>尚未安装引擎。请运行一次算法“安装引擎”(miaf:setupengine)。或者在 设置 &gt; 选项 &gt; 处理 &gt; 提供者 &gt; MIAF-Net 或环境变量 {variable} 中选择已有这些软件包的 Python。</translation>
    </message>
    <message>
        <source>it is Python {found}, but 3.10 or newer is needed</source>
        <translation>它是 Python {found}，但需要 3.10 或更新版本</translation>
    </message>
    <message>
        <source>it lacks {names}</source>
        <translation>它缺少 {names}</translation>
    </message>
    <message>
        <source>environment variable {name}</source>
        <translation>环境变量 {name}</translation>
    </message>
    <message>
        <source>it does not work ({reason})</source>
        <translation>它无法运行（{reason}）</translation>
    </message>
    <message>
        <source>Each cube is now tried on its own.</source>
        <translation>现在逐个尝试每个立方体。</translation>
    </message>
    <message>
        <source>The engine closed its output but did not end. It was stopped.</source>
        <translation>引擎关闭了输出但没有结束，已被停止。</translation>
    </message>
    <message>
        <source>it gave no message</source>
        <translation>它没有给出消息</translation>
    </message>
    <message>
        <source>The engine cannot be started with {python}: {reason}. Choose another Python in Settings &gt; Options &gt; Processing &gt; Providers &gt; MIAF-Net, or run 'Set up the engine' again.</source>
        <translation>无法用 {python} 启动引擎：{reason}。请在 设置 &gt; 选项 &gt; 处理 &gt; 提供者 &gt; MIAF-Net 中选择另一个 Python，或再次运行“安装引擎”。</translation>
    </message>
    <message>
        <source>The engine ended without a result ({how}): {words}.</source>
        <translation>引擎结束但没有结果（{how}）：{words}。</translation>
    </message>
    <message>
        <source>The engine gave no reason.</source>
        <translation>引擎没有给出原因。</translation>
    </message>
    <message>
        <source>The engine was ended by the system ({how}), probably because memory ran short. Lower 'Memory budget (MiB)', 'Width of the network (features)' or the extent, or close other programs.</source>
        <translation>引擎被系统终止（{how}），可能是内存不足。请减小“内存预算 (MiB)”、“网络宽度（特征数）”或范围，或关闭其他程序。</translation>
    </message>
    <message>
        <source>The engine crashed ({how}). Set 'Device' to cpu, or run 'Report engine and hardware' and add its text to a bug report.</source>
        <translation>引擎崩溃（{how}）。请将“设备”设为 cpu，或运行“报告引擎和硬件”并将其文本附在错误报告中。</translation>
    </message>
    <message>
        <source>The log file is {path}.</source>
        <translation>日志文件为 {path}。</translation>
    </message>
    <message>
        <source>code {n}</source>
        <translation>代码 {n}</translation>
    </message>
    <message>
        <source>signal {n} {name}</source>
        <translation>信号 {n} {name}</translation>
    </message>
    <message>
        <source> QGIS runs in a Flatpak and sees only the files shared with it.</source>
        <translation> QGIS 在 Flatpak 中运行，只能看到与其共享的文件。</translation>
    </message>
    <message>
        <source>'{python}' is Python {found}, but the engine needs 3.10 or newer. Install one from python.org and choose it as 'Python'.</source>
        <translation>“{python}”是 Python {found}，但引擎需要 3.10 或更新版本。请从 python.org 安装，并将其选为“Python”。</translation>
    </message>
    <message>
        <source>There is no Python '{python}'. Choose the file of a Python 3.10 or newer.</source>
        <translation>没有 Python“{python}”。请选择 Python 3.10 或更新版本的文件。</translation>
    </message>
    <message>
        <source>'{python}' does not work as a Python: {reason}.</source>
        <translation>“{python}”不能作为 Python 使用：{reason}。</translation>
    </message>
    <message>
        <source>Removing {folder}</source>
        <translation>正在移除 {folder}</translation>
    </message>
    <message>
        <source>'{folder}' cannot be removed: {reason}. Wait until all runs of the engine have ended, and try again.</source>
        <translation>无法移除“{folder}”：{reason}。请等待引擎的所有运行结束，然后重试。</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>no CRS</source>
        <translation>无坐标系</translation>
    </message>
    <message>
        <source>Layer '{areas}' ({own}) cannot be transformed to raster '{cube}' ({wanted}). Check both coordinate reference systems.</source>
        <translation>图层“{areas}”（{own}）无法变换到栅格“{cube}”（{wanted}）。请检查两者的坐标参照系。</translation>
    </message>
    <message>
        <source>Which field of layer '{name}' has the classes is not clear. Choose the class field (fields: {names}).</source>
        <translation>无法确定图层“{name}”的哪个字段含有类别。请选择类别字段（字段：{names}）。</translation>
    </message>
    <message>
        <source>Layer '{name}' has no field '{field}'. Choose the class field (fields: {names}).</source>
        <translation>图层“{name}”没有字段“{field}”。请选择类别字段（字段：{names}）。</translation>
    </message>
    <message>
        <source>Layer '{name}' holds suggested areas. Its field '{field}' has predictions, not the classes that you have set. Choose the field in which you set them.</source>
        <translation>图层“{name}”包含建议区域。其字段“{field}”是预测结果，而不是您设定的类别。请选择您设定类别的字段。</translation>
    </message>
    <message>
        <source>Layer '{name}' is a reference sample. Its field '{field}' was filled in when the points were drawn and does not hold the cover that you have looked up. Choose the field in which you set it.</source>
        <translation>图层“{name}”是参考样本。其字段“{field}”在抽取样点时填写，不是您查得的地物类别。请选择您填写类别的字段。</translation>
    </message>
    <message>
        <source>Layer '{name}' has no features to use. Draw some, clear its filter, or select some if only selected features are used.</source>
        <translation>图层“{name}”没有可用的要素。请绘制一些，清除其筛选，或在只使用选中要素时选择一些。</translation>
    </message>
    <message>
        <source>Layer '{areas}' has no coordinate reference system, but raster '{cube}' has {wanted}. Set that of the layer.</source>
        <translation>图层“{areas}”没有坐标参照系，而栅格“{cube}”为 {wanted}。请设置图层的坐标参照系。</translation>
    </message>
    <message>
        <source>Layer '{areas}' ({own}) does not overlap raster '{cube}' ({wanted}). The layer lies at {there} and the raster at {here}. Check both coordinate reference systems, or choose other areas.</source>
        <translation>图层“{areas}”（{own}）与栅格“{cube}”（{wanted}）不重叠。图层位于 {there}，栅格位于 {here}。请检查两者的坐标参照系，或选择其他区域。</translation>
    </message>
    <message>
        <source>Layer '{name}' has only one class ('{key}'), but at least 2 are needed. Draw areas of another class, or choose another field.</source>
        <translation>图层“{name}”只有一个类别（“{key}”），但至少需要 2 个。请绘制其他类别的区域，或选择其他字段。</translation>
    </message>
    <message>
        <source>Raster '{raster}' has no coordinate reference system. The coordinates of layer '{areas}' ({own}) are taken as those of the raster.</source>
        <translation>栅格“{raster}”没有坐标参照系。图层“{areas}”（{own}）的坐标被视为栅格的坐标。</translation>
    </message>
    <message>
        <source>Layer '{name}' cannot be copied for the engine: {reason}.</source>
        <translation>无法为引擎复制图层“{name}”：{reason}。</translation>
    </message>
    <message>
        <source>Layer '{name}' is not styled by the values of '{field}' alone. The colours of its classes are chosen automatically.</source>
        <translation>图层“{name}”不是只按“{field}”的值显示。其类别的颜色自动选择。</translation>
    </message>
    <message>
        <source>Layer '{name}' has no features to use. Draw some.</source>
        <translation>图层“{name}”没有可用的要素。请绘制一些。</translation>
    </message>
    <message>
        <source>No feature of layer '{name}' has a geometry. Draw areas, or choose another layer.</source>
        <translation>图层“{name}”的要素都没有几何。请绘制区域，或选择其他图层。</translation>
    </message>
    <message>
        <source>Field '{field}' of layer '{name}' is empty in all features. Enter the classes, or choose another field.</source>
        <translation>图层“{name}”的字段“{field}”在所有要素中都为空。请输入类别，或选择其他字段。</translation>
    </message>
    <message>
        <source>Natural colour</source>
        <translation>真彩色</translation>
    </message>
    <message>
        <source>Infrared</source>
        <translation>红外</translation>
    </message>
    <message>
        <source>Short-wave infrared</source>
        <translation>短波红外</translation>
    </message>
    <message>
        <source>Cube '{name}' cannot be shown as '{title}', because it lacks bands at {ranges} nm. Choose another composite.</source>
        <translation>数据立方体“{name}”无法以“{title}”显示，因为缺少 {ranges} nm 处的波段。请选择其他合成方式。</translation>
    </message>
    <message>
        <source>Cube '{name}' has no wavelengths in its metadata. Its bands {bands} are shown.</source>
        <translation>立方体“{name}”的元数据中没有波长。显示其波段 {bands}。</translation>
    </message>
    <message>
        <source>Raster '{name}' is not a file of its own (its source begins with '{source}'). Export it as GeoTIFF (Export &gt; Save As) and choose that file.</source>
        <translation>栅格“{name}”不是独立的文件（其数据源以“{source}”开头）。请将其导出为 GeoTIFF（导出 &gt; 另存为）并选择该文件。</translation>
    </message>
    <message>
        <source>Raster '{name}' comes from a service or database ({provider}). Save it as a GeoTIFF or ENVI file and choose that file.</source>
        <translation>栅格“{name}”来自服务或数据库（{provider}）。请将其保存为 GeoTIFF 或 ENVI 文件并选择该文件。</translation>
    </message>
    <message>
        <source>The file of raster '{name}' is no longer there: {path}. Put it back, or choose another raster.</source>
        <translation>栅格“{name}”的文件已不存在：{path}。请将其放回，或选择其他栅格。</translation>
    </message>
    <message>
        <source>Raster '{name}' has {count} band, but a hyperspectral cube has many. Choose the file with all bands, or stack them first.</source>
        <translation>栅格“{name}”有 {count} 个波段，而高光谱立方体有许多波段。请选择含所有波段的文件，或先合并波段。</translation>
    </message>
    <message>
        <source>Raster '{name}' holds complex numbers. Choose reflectance or radiance.</source>
        <translation>栅格“{name}”含复数。请选择反射率或辐亮度。</translation>
    </message>
    <message>
        <source>The extent {extent} does not overlap raster '{name}' ({own}, {crs}). Choose an extent inside it.</source>
        <translation>范围 {extent} 与栅格“{name}”（{own}，{crs}）不重叠。请选择其内部的范围。</translation>
    </message>
    <message>
        <source>Output '{path}' cannot be written: '{folder}' is a file, not a folder. Choose another path.</source>
        <translation>无法写入输出“{path}”：“{folder}”是文件，不是文件夹。请选择其他路径。</translation>
    </message>
    <message>
        <source>The folder of '{path}' does not exist. Create it first.</source>
        <translation>“{path}”的文件夹不存在。请先创建。</translation>
    </message>
    <message>
        <source>The folder '{folder}' cannot be written to. Choose another one.</source>
        <translation>无法写入文件夹“{folder}”。请选择其他文件夹。</translation>
    </message>
    <message>
        <source>Output '{path}' is also an input. Choose another name.</source>
        <translation>输出“{path}”也是输入。请选择其他名称。</translation>
    </message>
    <message>
        <source>No area of layer '{name}' has a class in the field '{field}' yet, so the layer is left out.</source>
        <translation>图层“{name}”中还没有区域在字段“{field}”中有类别，因此忽略该图层。</translation>
    </message>
    <message>
        <source>Of {given} cubes to train on, QGIS can read {count}.</source>
        <translation>在 {given} 个训练用立方体中，QGIS 可读取 {count} 个。</translation>
    </message>
    <message>
        <source>There is no model file '{path}'. Choose one made by 'Train model'.</source>
        <translation>没有模型文件“{path}”。请选择由“训练模型”生成的文件。</translation>
    </message>
    <message>
        <source>Statistics of '{word}' are not available. Use {words}.</source>
        <translation>没有“{word}”的统计。请使用 {words}。</translation>
    </message>
    <message>
        <source> or </source>
        <translation> 或 </translation>
    </message>
    <message>
        <source>'{path}' is the header of an ENVI file. Choose the data file beside it (often .dat, .bsq, .img or without extension).</source>
        <translation>“{path}”是 ENVI 文件的头文件。请选择旁边的数据文件（通常为 .dat、.bsq、.img 或无扩展名）。</translation>
    </message>
    <message>
        <source>'{path}' is not a raster that QGIS can read. Choose another file. If it should be a raster, the copy may be damaged: copy it again.</source>
        <translation>“{path}”不是 QGIS 可读取的栅格。请选择其他文件。若它应为栅格，副本可能已损坏：请重新复制。</translation>
    </message>
    <message>
        <source>both are given</source>
        <translation>两者都已给出</translation>
    </message>
    <message>
        <source>neither is given</source>
        <translation>两者都未给出</translation>
    </message>
    <message>
        <source>Give either {one} or {other}: {what}.</source>
        <translation>请给出 {one} 或 {other} 之一：{what}。</translation>
    </message>
    <message>
        <source>Raster '{name}' has {count} bands, but a raster of class values has one. Choose another raster.</source>
        <translation>栅格“{name}”有 {count} 个波段，而类别值栅格只有一个。请选择其他栅格。</translation>
    </message>
    <message>
        <source>Mask '{value}' is neither a raster nor a vector layer. Choose another layer.</source>
        <translation>掩膜“{value}”既不是栅格图层，也不是矢量图层。请选择其他图层。</translation>
    </message>
    <message>
        <source>Mask '{name}' has {count} bands, but a mask has one. Choose another raster.</source>
        <translation>掩膜“{name}”有 {count} 个波段，而掩膜只有一个。请选择其他栅格。</translation>
    </message>
    <message>
        <source>Mask '{name}' holds no polygons. Choose a polygon layer or a raster.</source>
        <translation>掩膜“{name}”没有多边形。请选择多边形图层或栅格。</translation>
    </message>
    <message>
        <source>There is no device '{device}'. Use auto, cpu, cuda:N or mps.</source>
        <translation>没有设备“{device}”。请使用 auto、cpu、cuda:N 或 mps。</translation>
    </message>
    <message>
        <source>Enter 0 or a positive whole number (got {value}).</source>
        <translation>请输入 0 或正整数（当前为 {value}）。</translation>
    </message>
    <message>
        <source>The engine uses at most {most} threads (got {value}).</source>
        <translation>引擎最多使用 {most} 个线程（当前为 {value}）。</translation>
    </message>
    <message>
        <source>There is no file '{path}'.</source>
        <translation>没有文件“{path}”。</translation>
    </message>
    <message>
        <source>There is no folder '{path}'.</source>
        <translation>没有文件夹“{path}”。</translation>
    </message>
    <message>
        <source>Spectra of the training areas</source>
        <translation>训练区的光谱</translation>
    </message>
    <message>
        <source>Area {number} ({name}) looks like {other}.</source>
        <translation>区域 {number}（{name}）看起来像 {other}。</translation>
    </message>
    <message>
        <source>Area {number} ({name}) looks like {other}: its spectral angle to that class is {other_angle}°, but to its own {own}°.</source>
        <translation>区域 {number}（{name}）看起来像 {other}：它与该类别的光谱角为 {other_angle}°，而与自身类别为 {own}°。</translation>
    </message>
    <message>
        <source>And {n} more.</source>
        <translation>另有 {n} 个。</translation>
    </message>
    <message>
        <source>Pick pixels on the map</source>
        <translation>在地图上选取像元</translation>
    </message>
    <message>
        <source>Class means</source>
        <translation>类别均值</translation>
    </message>
    <message>
        <source>Click on the map to see the spectrum of a pixel.</source>
        <translation>单击地图可查看像元的光谱。</translation>
    </message>
    <message>
        <source>all bands have the value {value}, so there is no spectrum to show.</source>
        <translation>所有波段的值都是 {value}，因此没有光谱可显示。</translation>
    </message>
    <message>
        <source>no data in {missing} of {count} bands.</source>
        <translation>{count} 个波段中有 {missing} 个无数据。</translation>
    </message>
    <message>
        <source>nearest classes by spectral angle: {classes}.</source>
        <translation>按光谱角最接近的类别：{classes}。</translation>
    </message>
    <message>
        <source>Nearest classes</source>
        <translation>最接近的类别</translation>
    </message>
    <message>
        <source>All classes</source>
        <translation>所有类别</translation>
    </message>
    <message>
        <source>This cube is read too slowly to follow the mouse. Click instead.</source>
        <translation>此立方体读取太慢，无法跟随鼠标。请改为单击。</translation>
    </message>
    <message>
        <source>Choose a hyperspectral cube.</source>
        <translation>请选择一个高光谱立方体。</translation>
    </message>
    <message>
        <source>This place is outside the cube.</source>
        <translation>该位置在立方体之外。</translation>
    </message>
    <message>
        <source>Column {column}, row {row}:</source>
        <translation>第 {column} 列，第 {row} 行：</translation>
    </message>
    <message>
        <source>no data.</source>
        <translation>无数据。</translation>
    </message>
    <message>
        <source>Pixel clicked</source>
        <translation>单击的像元</translation>
    </message>
    <message>
        <source>Pixel under the mouse</source>
        <translation>鼠标下的像元</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>The plot needs the Python package matplotlib, which this QGIS does not have. The nearest classes and their spectral angles are still shown below.</source>
        <translation>绘图需要 Python 软件包 matplotlib，而此 QGIS 没有。最近的类别及其光谱角仍显示在下方。</translation>
    </message>
    <message>
        <source>Wavelength (nm)</source>
        <translation>波长 (nm)</translation>
    </message>
    <message>
        <source>Band</source>
        <translation>波段</translation>
    </message>
</context>
</TS>
