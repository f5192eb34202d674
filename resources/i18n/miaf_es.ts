<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
<context>
    <name>MIAF-Net</name>
    <message>
        <source>This is a graphical model. To see or change its steps, right-click it in the toolbox and open a copy in the model designer.</source>
        <translation>Este es un modelo gráfico. Para ver o cambiar sus pasos, haga clic con el botón derecho sobre él en la caja de herramientas y abra una copia en el diseñador de modelos.</translation>
    </message>
    <message>
        <source>Classify and vectorise</source>
        <translation>Clasificar y vectorizar</translation>
    </message>
    <message>
        <source>From training areas to polygons with class names, one per class</source>
        <translation>De las áreas de entrenamiento a polígonos con nombres de clase, uno por clase</translation>
    </message>
    <message>
        <source>Classifies a cube from training areas and removes patches smaller than a number of pixels. The map is then converted to polygons, those of one class are merged, and they get the class names and colours.</source>
        <translation>Clasifica un cubo a partir de áreas de entrenamiento y elimina las manchas menores que un número de píxeles. Después el mapa se convierte en polígonos, se unen los de cada clase y reciben los nombres y colores de las clases.</translation>
    </message>
    <message>
        <source>Train once, classify many</source>
        <translation>Entrenar una vez, clasificar muchos</translation>
    </message>
    <message>
        <source>Train on one cube and classify a list of cubes with the model</source>
        <translation>Entrenar con un cubo y clasificar una lista de cubos con el modelo</translation>
    </message>
    <message>
        <source>Trains a model on the areas of one cube and classifies other cubes of the same sensor with it. A cube that cannot be classified is reported, and the others are still classified.</source>
        <translation>Entrena un modelo con las áreas de un cubo y clasifica con él otros cubos del mismo sensor. Si un cubo no se puede clasificar, se informa de ello y los demás se clasifican igualmente.</translation>
    </message>
    <message>
        <source>Classify, then assess</source>
        <translation>Clasificar y luego evaluar</translation>
    </message>
    <message>
        <source>Classify a cube with a model and check the map on reference areas</source>
        <translation>Clasificar un cubo con un modelo y comprobar el mapa en áreas de referencia</translation>
    </message>
    <message>
        <source>Classifies a cube with a model and compares the map with reference areas that the model was not trained on. The results are a report, a confusion matrix and the accuracies.</source>
        <translation>Clasifica un cubo con un modelo y compara el mapa con áreas de referencia con las que el modelo no se entrenó. Los resultados son un informe, una matriz de confusión y las exactitudes.</translation>
    </message>
    <message>
        <source>Classify, then draw a sample</source>
        <translation>Clasificar y luego extraer una muestra</translation>
    </message>
    <message>
        <source>Classify a cube with a model and draw a reference sample from the map</source>
        <translation>Clasificar un cubo con un modelo y extraer del mapa una muestra de referencia</translation>
    </message>
    <message>
        <source>Classifies a cube with a model and draws random points from the map. Once you have entered the true cover of each point, 'Assess accuracy' estimates the accuracy of the whole map.</source>
        <translation>Clasifica un cubo con un modelo y extrae del mapa puntos al azar. Cuando haya introducido la cobertura real de cada punto, «Evaluar la exactitud» estima la exactitud de todo el mapa.</translation>
    </message>
    <message>
        <source>Classify from training areas</source>
        <translation>Clasificar desde áreas de entrenamiento</translation>
    </message>
    <message>
        <source>Start here</source>
        <translation>Empezar aquí</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Etiquetar</translation>
    </message>
    <message>
        <source>Classify</source>
        <translation>Clasificar</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>Exactitud</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importar</translation>
    </message>
    <message>
        <source>Make a land-cover map from a cube and areas of known cover</source>
        <translation>Crear un mapa de cobertura del suelo a partir de un cubo y áreas de cobertura conocida</translation>
    </message>
    <message>
        <source>Makes a land-cover map of a hyperspectral cube from areas whose cover you know.

1. Draw polygons of each class in a vector layer with a field for the class name. Several small polygons per class, spread over the scene, work better than a few large ones.
2. Categorise the layer by that field if you want its colours in the map.
3. Choose the cube, the layer and the field, and run.

The results are the map with its legend, a confidence raster, a model for other scenes of the same sensor and an accuracy report. The map is trained on all areas. Its accuracy is estimated by cross-validation: each of several models is trained without some of the areas and scored on those. The areas left out lie about as far from the training areas as the rest of the scene does, where possible.</source>
        <translation>Crea un mapa de cobertura del suelo de un cubo hiperespectral a partir de áreas cuya cobertura conoce.

1. Dibuje polígonos de cada clase en una capa vectorial con un campo para el nombre de la clase. Varios polígonos pequeños por clase, repartidos por la escena, funcionan mejor que unos pocos grandes.
2. Categorice la capa por ese campo si quiere sus colores en el mapa.
3. Elija el cubo, la capa y el campo, y ejecute.

Los resultados son el mapa con su leyenda, un ráster de confianza, un modelo para otras escenas del mismo sensor y un informe de exactitud. El mapa se entrena con todas las áreas. Su exactitud se estima por validación cruzada: varios modelos se entrenan cada uno sin una parte de las áreas y se evalúan con ella. Las áreas excluidas están, si es posible, aproximadamente tan lejos de las áreas de entrenamiento como el resto de la escena.</translation>
    </message>
    <message>
        <source>hyperspectral,classification,land cover,deep learning,neural network,remote sensing,supervised,map,superpixels,EnMAP,AVIRIS,ENVI</source>
        <translation>hiperespectral,clasificación,cobertura del suelo,aprendizaje profundo,red neuronal,teledetección,supervisada,mapa,superpíxeles,EnMAP,AVIRIS,ENVI</translation>
    </message>
    <message>
        <source>Hyperspectral cube</source>
        <translation>Cubo hiperespectral</translation>
    </message>
    <message>
        <source>Raster with many bands: ENVI, GeoTIFF or anything else GDAL reads.</source>
        <translation>Ráster con muchas bandas: ENVI, GeoTIFF o lo que lea GDAL.</translation>
    </message>
    <message>
        <source>Training areas</source>
        <translation>Áreas de entrenamiento</translation>
    </message>
    <message>
        <source>Polygons, lines or points of known cover, at least two classes.</source>
        <translation>Polígonos, líneas o puntos de cobertura conocida, al menos dos clases.</translation>
    </message>
    <message>
        <source>Class field</source>
        <translation>Campo de clase</translation>
    </message>
    <message>
        <source>Field with the name or number of the class. If the layer is categorised by this field, the map uses its labels and colours. If left empty, the field by which the layer is categorised is used, or its only text field.</source>
        <translation>Campo con el nombre o el número de la clase. Si la capa está categorizada por este campo, el mapa usa sus etiquetas y colores. Si se deja vacío, se usa el campo por el que está categorizada la capa, o su único campo de texto.</translation>
    </message>
    <message>
        <source>More training areas</source>
        <translation>Más áreas de entrenamiento</translation>
    </message>
    <message>
        <source>A second layer of areas, for example from 'Suggest areas to label next' once you have set their classes. Its class field must have the same name. Areas without a class are ignored.</source>
        <translation>Una segunda capa de áreas, por ejemplo de «Sugerir áreas para etiquetar» una vez asignadas sus clases. Su campo de clase debe tener el mismo nombre. Las áreas sin clase no se usan.</translation>
    </message>
    <message>
        <source>Test areas</source>
        <translation>Áreas de prueba</translation>
    </message>
    <message>
        <source>Areas used only to measure accuracy, never for training. Their class field must have the same name.</source>
        <translation>Áreas que solo sirven para medir la exactitud, nunca para entrenar. Su campo de clase debe tener el mismo nombre.</translation>
    </message>
    <message>
        <source>Initial model</source>
        <translation>Modelo inicial</translation>
    </message>
    <message>
        <source>Model to continue training from. This takes a fraction of the time of a new training. Give its old areas and the new ones together. New classes are allowed. The classes, bands, normalisation, superpixels and network of the model are kept. Areas held out from its training are held out again.</source>
        <translation>Modelo desde el que se continúa el entrenamiento. Esto lleva una fracción del tiempo de un entrenamiento nuevo. Indique juntas sus áreas antiguas y las nuevas. Se permiten clases nuevas. Se conservan las clases, bandas, normalización, superpíxeles y red del modelo. Las áreas reservadas en su entrenamiento se vuelven a reservar.</translation>
    </message>
    <message>
        <source>MIAF-Net model</source>
        <translation>Modelo MIAF-Net</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>Preajuste</translation>
    </message>
    <message>
        <source>How long to train. quick: {quick} epochs, for a first look. Its expected accuracy is too high for similar classes. standard: {standard} epochs, for the final map. best: {best} epochs, which take twice as long and are rarely much better. A value of 'Epochs' in the advanced parameters overrides the preset.</source>
        <translation>Duración del entrenamiento. quick: {quick} épocas, para un primer vistazo. Su exactitud esperada es demasiado alta con clases similares. standard: {standard} épocas, para el mapa definitivo. best: {best} épocas, que tardan el doble y rara vez mejoran mucho. Un valor de «Épocas» en los parámetros avanzados tiene prioridad.</translation>
    </message>
    <message>
        <source>Label raster, instead of training areas</source>
        <translation>Ráster de etiquetas, en vez de áreas de entrenamiento</translation>
    </message>
    <message>
        <source>Raster of class values on the cube's grid, 0 where the cover is not known. The map uses its legend, or its category names and colours.</source>
        <translation>Ráster de valores de clase en la rejilla del cubo, 0 donde no se conoce la cobertura. El mapa usa su leyenda, o sus nombres de categoría y colores.</translation>
    </message>
    <message>
        <source>Mask</source>
        <translation>Máscara</translation>
    </message>
    <message>
        <source>Limits training and mapping to part of the cube. Polygons: pixels inside them are used. Raster with one band on the cube's grid: pixels that are neither 0 nor nodata are used.</source>
        <translation>Limita el entrenamiento y el mapa a una parte del cubo. Polígonos: se usan los píxeles de su interior. Ráster de una banda en la rejilla del cubo: se usan los píxeles que no son ni 0 ni nodata.</translation>
    </message>
    <message>
        <source>Inputs</source>
        <translation>Entradas</translation>
    </message>
    <message>
        <source>More cubes to train on</source>
        <translation>Más cubos para entrenar</translation>
    </message>
    <message>
        <source>More scenes of the same sensor. The training areas may lie on any of them. Only the first cube, chosen above, is mapped.</source>
        <translation>Más escenas del mismo sensor. Las áreas de entrenamiento pueden estar en cualquiera de ellas. Solo se hace el mapa del primer cubo, elegido arriba.</translation>
    </message>
    <message>
        <source>model: band statistics of all cubes together, or of the initial model. scene: statistics of each cube by itself, for cubes with different illumination or calibration. Then classify with 'scene', too.</source>
        <translation>model: estadísticas de las bandas de todos los cubos juntos, o del modelo inicial. scene: estadísticas propias de cada cubo, para cubos con distinta iluminación o calibración. En ese caso clasifique también con «scene».</translation>
    </message>
    <message>
        <source>Normalise by the statistics of</source>
        <translation>Normalizar con las estadísticas de</translation>
    </message>
    <message>
        <source>Excluded wavelengths (nm)</source>
        <translation>Longitudes de onda excluidas (nm)</translation>
    </message>
    <message>
        <source>Bands within these wavelength ranges are not used, for example 1350-1430,1800-1970 (absorption by water vapour). If left empty, all bands are used.</source>
        <translation>No se usan las bandas de estos intervalos de longitud de onda, por ejemplo 1350-1430,1800-1970 (absorción por vapor de agua). Si se deja vacío, se usan todas las bandas.</translation>
    </message>
    <message>
        <source>Hold-out method</source>
        <translation>Método de reserva</translation>
    </message>
    <message>
        <source>How test data are chosen. matched: cross-validation with test areas as far from the training areas as the map, if possible; the map is trained on all areas. Others hold out a share: polygons (of a label raster: ends of its regions), blocks, or random pixels (accuracy too high). none: not measured.</source>
        <translation>Cómo se eligen los datos de prueba. matched: validación cruzada con áreas de prueba tan lejos de las de entrenamiento como el mapa si es posible; el mapa se entrena con todas. Los demás reservan una parte: polígonos (de un ráster de etiquetas: extremos de sus regiones), bloques o píxeles al azar (exactitud excesiva). none: no se mide.</translation>
    </message>
    <message>
        <source>Share held out (%)</source>
        <translation>Parte apartada (%)</translation>
    </message>
    <message>
        <source>Share of each class in the test set, in percent.</source>
        <translation>Parte de cada clase en el conjunto de prueba, en tanto por ciento.</translation>
    </message>
    <message>
        <source>Validation set for early stopping (%)</source>
        <translation>Conjunto de validación para la parada temprana (%)</translation>
    </message>
    <message>
        <source>Share of the training areas used as validation set, in percent. It chooses the epoch (early stopping) and is never scored. Afterwards it is used for training, too. 0 takes the last epoch.</source>
        <translation>Porcentaje de las áreas de entrenamiento usado como conjunto de validación. Elige la época (parada temprana) y nunca se evalúa. Después también se usa para entrenar. 0 toma la última época.</translation>
    </message>
    <message>
        <source>Folds of the cross-validation</source>
        <translation>Particiones de la validación cruzada</translation>
    </message>
    <message>
        <source>Number of folds of the cross-validation. With matched, 1 chooses it automatically. With polygons, 1 scores the share held out. With 2 or more, each polygon is scored once by a model trained without it, and the map is trained on all areas.</source>
        <translation>Número de particiones de la validación cruzada. Con matched, 1 lo elige automáticamente. Con polygons, 1 evalúa la parte reservada. Con 2 o más, cada polígono se evalúa una vez con un modelo entrenado sin él, y el mapa se entrena con todas las áreas.</translation>
    </message>
    <message>
        <source>Train on the test areas before mapping</source>
        <translation>Entrenar también con las áreas de prueba antes de crear el mapa</translation>
    </message>
    <message>
        <source>After scoring, training continues briefly on all areas, test areas included. This improves the map. The accuracy remains that of the model before, and no test set is left for the final one.</source>
        <translation>Tras la evaluación, el entrenamiento continúa brevemente con todas las áreas, incluidas las de prueba. Esto mejora el mapa. La exactitud sigue siendo la del modelo anterior, y no queda conjunto de prueba para el modelo final.</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Semilla</translation>
    </message>
    <message>
        <source>The same seed, device and versions give the same split and the same map.</source>
        <translation>La misma semilla, el mismo dispositivo y las mismas versiones dan la misma división y el mismo mapa.</translation>
    </message>
    <message>
        <source>Continue an interrupted training</source>
        <translation>Continuar un entrenamiento interrumpido</translation>
    </message>
    <message>
        <source>If a training with the same inputs and settings was cancelled or interrupted, it continues where it stopped. The result is the same as without interruption. The state is saved every 30 seconds and kept for up to 14 days. If off, training starts again from the beginning.</source>
        <translation>Si se canceló o interrumpió un entrenamiento con las mismas entradas y ajustes, continúa donde se detuvo. El resultado es el mismo que sin interrupción. El estado se guarda cada 30 segundos y se conserva hasta 14 días. Si está desactivado, el entrenamiento empieza de nuevo.</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Entrenamiento</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>Épocas</translation>
    </message>
    <message>
        <source>Number of passes over the training data.</source>
        <translation>Número de pasadas por los datos de entrenamiento.</translation>
    </message>
    <message>
        <source>If left empty, the preset decides.</source>
        <translation>Si se deja vacío, decide el preajuste.</translation>
    </message>
    <message>
        <source>Final epochs with all training areas (%)</source>
        <translation>Últimas épocas con todas las áreas (%)</translation>
    </message>
    <message>
        <source>Once early stopping has chosen the epoch, training continues with the validation set included. This is the number of further epochs, in percent of 'Epochs'. 0 keeps the chosen epoch. Test pixels are never included.</source>
        <translation>Una vez que la parada temprana ha elegido la época, el entrenamiento continúa incluyendo el conjunto de validación. Este es el número de épocas adicionales, en porcentaje de «Épocas». 0 conserva la época elegida. Los píxeles de prueba nunca se incluyen.</translation>
    </message>
    <message>
        <source>Epochs of continued training (%)</source>
        <translation>Épocas al continuar el entrenamiento (%)</translation>
    </message>
    <message>
        <source>Number of epochs when training continues from an initial model, in percent of 'Epochs'.</source>
        <translation>Número de épocas al continuar el entrenamiento desde un modelo inicial, en porcentaje de «Épocas».</translation>
    </message>
    <message>
        <source>Learning rate of continued training (%)</source>
        <translation>Tasa de aprendizaje al continuar el entrenamiento (%)</translation>
    </message>
    <message>
        <source>Learning rate when training continues from an initial model, in percent of 'Learning rate'. A low value preserves what the model has learned.</source>
        <translation>Tasa de aprendizaje al continuar el entrenamiento desde un modelo inicial, en porcentaje de «Tasa de aprendizaje». Un valor bajo conserva lo que el modelo ha aprendido.</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Tasa de aprendizaje</translation>
    </message>
    <message>
        <source>Maximum learning rate of the one-cycle schedule.</source>
        <translation>Tasa de aprendizaje máxima del programa de un ciclo.</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>Decaimiento de pesos</translation>
    </message>
    <message>
        <source>Decoupled weight decay of AdamW.</source>
        <translation>Decaimiento de pesos desacoplado de AdamW.</translation>
    </message>
    <message>
        <source>Label smoothing</source>
        <translation>Suavizado de etiquetas</translation>
    </message>
    <message>
        <source>Probability mass assigned to the other classes.</source>
        <translation>Probabilidad asignada a las demás clases.</translation>
    </message>
    <message>
        <source>Weight of small classes (exponent)</source>
        <translation>Peso de las clases pequeñas (exponente)</translation>
    </message>
    <message>
        <source>The weight of a pixel is the pixel count of its class raised to minus this exponent. 0: all pixels have the same weight. 1: all classes have the same weight.</source>
        <translation>El peso de un píxel es el número de píxeles de su clase elevado a menos este exponente. 0: todos los píxeles pesan lo mismo. 1: todas las clases pesan lo mismo.</translation>
    </message>
    <message>
        <source>Input noise</source>
        <translation>Ruido de entrada</translation>
    </message>
    <message>
        <source>Standard deviation of the noise added to each normalised band during training. With more than 100 training areas, noise and dropout are reduced.</source>
        <translation>Desviación estándar del ruido que se suma a cada banda normalizada durante el entrenamiento. Con más de 100 áreas de entrenamiento, se reducen el ruido y el dropout.</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Red</translation>
    </message>
    <message>
        <source>Width of the network (features)</source>
        <translation>Anchura de la red (rasgos)</translation>
    </message>
    <message>
        <source>Number of features in each branch.</source>
        <translation>Número de rasgos en cada rama.</translation>
    </message>
    <message>
        <source>Convolution kernel sizes, small to large</source>
        <translation>Tamaños de los núcleos de convolución, de menor a mayor</translation>
    </message>
    <message>
        <source>Size of the convolution kernels in pixels: one odd number per scale, separated by commas.</source>
        <translation>Tamaño de los núcleos de convolución en píxeles: un número impar por escala, separados por comas.</translation>
    </message>
    <message>
        <source>Dropout (share of features)</source>
        <translation>Dropout (parte de los rasgos)</translation>
    </message>
    <message>
        <source>Share of the shallow features that are dropped during training.</source>
        <translation>Parte de las rasgos superficiales que se descarta durante el entrenamiento.</translation>
    </message>
    <message>
        <source>Use the graph branch</source>
        <translation>Usar la rama de grafo</translation>
    </message>
    <message>
        <source>Extracts features by graph convolution over superpixels.</source>
        <translation>Extrae rasgos mediante convolución en el grafo de superpíxeles.</translation>
    </message>
    <message>
        <source>Use the convolution branch</source>
        <translation>Usar la rama de convolución</translation>
    </message>
    <message>
        <source>Extracts features by convolution over neighbouring pixels.</source>
        <translation>Extrae rasgos mediante convolución sobre píxeles vecinos.</translation>
    </message>
    <message>
        <source>Interactive attention between the branches</source>
        <translation>Atención interactiva entre las ramas</translation>
    </message>
    <message>
        <source>Weights the features of each branch by attention computed from the other branch.</source>
        <translation>Pondera las rasgos de cada rama con la atención calculada a partir de la otra.</translation>
    </message>
    <message>
        <source>Fuse the scales by attention</source>
        <translation>Fusionar las escalas por atención</translation>
    </message>
    <message>
        <source>Fuses the features of all scales by attention. If off, their mean is used.</source>
        <translation>Fusiona las rasgos de todas las escalas mediante atención. Si está desactivado, se usa su media.</translation>
    </message>
    <message>
        <source>Ensemble of heads</source>
        <translation>Conjunto de cabezas</translation>
    </message>
    <message>
        <source>Maps with an ensemble of heads: one for the fused features, one for each branch and five for the spectrum. It is more accurate on fields without training areas. If off, only the head of the fused features is used.</source>
        <translation>Crea el mapa con un conjunto de cabezas: una para las características fusionadas, una para cada rama y tres para el espectro. Es más exacto en parcelas sin áreas de entrenamiento. Si se desactiva, solo se usa la cabeza de las características fusionadas.</translation>
    </message>
    <message>
        <source>Superpixels of the network</source>
        <translation>Superpíxeles de la red</translation>
    </message>
    <message>
        <source>Pixels per superpixel, small to large</source>
        <translation>Píxeles por superpíxel, de menor a mayor</translation>
    </message>
    <message>
        <source>Mean number of pixels in a superpixel: one value per scale, from small to large, separated by commas. auto derives them from the distance over which pixels of the scene resemble each other.</source>
        <translation>Número medio de píxeles de un superpíxel: un valor por escala, de menor a mayor, separados por comas. auto los deduce de la distancia a la que se parecen los píxeles de la escena.</translation>
    </message>
    <message>
        <source>Compactness of the superpixels</source>
        <translation>Compacidad de los superpíxeles</translation>
    </message>
    <message>
        <source>Larger values give rounder superpixels. It is the spectral distance that counts as much as the side length of a superpixel, in units of the spread within classes.</source>
        <translation>Los valores mayores dan superpíxeles más redondos. Es la distancia espectral que cuenta tanto como el lado de un superpíxel, en unidades de la dispersión dentro de las clases.</translation>
    </message>
    <message>
        <source>Components for the superpixels</source>
        <translation>Componentes para los superpíxeles</translation>
    </message>
    <message>
        <source>Number of projected components from which superpixels are made.</source>
        <translation>Número de componentes proyectados con los que se forman los superpíxeles.</translation>
    </message>
    <message>
        <source>Projection for the superpixels</source>
        <translation>Proyección para los superpíxeles</translation>
    </message>
    <message>
        <source>Projection for the superpixels. lda: linear discriminant analysis, which separates the training classes. pca: principal component analysis, which uses no labels.</source>
        <translation>Proyección para los superpíxeles. lda: análisis discriminante lineal, que separa las clases de entrenamiento. pca: análisis de componentes principales, que no usa etiquetas.</translation>
    </message>
    <message>
        <source>Computing</source>
        <translation>Cálculo</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Dispositivo</translation>
    </message>
    <message>
        <source>Where the network is computed. auto: a graphics card if there is one, otherwise the processor. cuda:N: the NVIDIA card with number N. mps: an Apple graphics processor.</source>
        <translation>Dónde se calcula la red. auto: una tarjeta gráfica si la hay; si no, el procesador. cuda:N: la tarjeta NVIDIA número N. mps: un procesador gráfico de Apple.</translation>
    </message>
    <message>
        <source>Memory budget (MiB)</source>
        <translation>Memoria disponible (MiB)</translation>
    </message>
    <message>
        <source>Memory that the engine may use. 0 chooses it automatically.</source>
        <translation>Memoria que puede usar el motor. 0 la elige automáticamente.</translation>
    </message>
    <message>
        <source>Creation options of the rasters</source>
        <translation>Opciones de creación de los rásteres</translation>
    </message>
    <message>
        <source>GDAL creation options NAME=VALUE, separated by |. If left empty, GeoTIFF files are tiled and compressed.</source>
        <translation>Opciones de creación de GDAL NOMBRE=VALOR, separadas por |. Si se deja vacío, los GeoTIFF se dividen en teselas y se comprimen.</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Mapa</translation>
    </message>
    <message>
        <source>Minimum confidence</source>
        <translation>Confianza mínima</translation>
    </message>
    <message>
        <source>Pixels with a lower confidence become 0 (unclassified) in the map. 0 to 1, as in the confidence raster; 0 keeps all pixels. The confidence raster itself is not changed.</source>
        <translation>Los píxeles con menor confianza pasan a 0 (sin clasificar) en el mapa. De 0 a 1, como en el ráster de confianza; 0 conserva todos los píxeles. El ráster de confianza no cambia.</translation>
    </message>
    <message>
        <source>Leave out pixels unlike the training areas</source>
        <translation>Excluir los píxeles distintos de las áreas de entrenamiento</translation>
    </message>
    <message>
        <source>Pixels whose spectra are unlike all training areas become 0 (unclassified) in the map. A road without training areas is then not mapped as a field.</source>
        <translation>Los píxeles cuyos espectros son distintos de todas las áreas de entrenamiento pasan a 0 (sin clasificar) en el mapa. Así, una carretera sin áreas de entrenamiento no aparece como un cultivo.</translation>
    </message>
    <message>
        <source>Class map</source>
        <translation>Mapa de clases</translation>
    </message>
    <message>
        <source>Map of the classes on the cube's grid; 0 is unclassified.</source>
        <translation>Mapa de las clases en la rejilla del cubo; 0 es sin clasificar.</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>Confianza</translation>
    </message>
    <message>
        <source>Probability of the mapped class, 0 to 1, calibrated on areas held out in turn. On land similar to the training areas, about 80 % of the pixels with 0.8 are right.</source>
        <translation>Probabilidad de la clase del mapa, de 0 a 1, calibrada con áreas reservadas por turnos. En terrenos parecidos a las áreas de entrenamiento, cerca del 80 % de los píxeles con 0.8 son correctos.</translation>
    </message>
    <message>
        <source>Class probabilities</source>
        <translation>Probabilidades de las clases</translation>
    </message>
    <message>
        <source>Probability of each class, one band per class.</source>
        <translation>Probabilidad de cada clase, una banda por clase.</translation>
    </message>
    <message>
        <source>Entropy</source>
        <translation>Entropía</translation>
    </message>
    <message>
        <source>Uncertainty of the class: 0 where one class is certain, 1 where all classes are equally likely.</source>
        <translation>Incertidumbre de la clase: 0 donde una clase es segura, 1 donde todas son igual de probables.</translation>
    </message>
    <message>
        <source>Margin</source>
        <translation>Margen</translation>
    </message>
    <message>
        <source>Difference between the probabilities of the mapped class and the next one, 0 to 1. Near 0 both are almost equally likely.</source>
        <translation>Diferencia entre las probabilidades de la clase del mapa y la siguiente, de 0 a 1. Cerca de 0, ambas son casi igual de probables.</translation>
    </message>
    <message>
        <source>Area of applicability</source>
        <translation>Área de aplicabilidad</translation>
    </message>
    <message>
        <source>Band 1: dissimilarity of each pixel's spectrum to the training areas. Band 2: 1 inside the area of applicability, 0 outside, where the map is unreliable.</source>
        <translation>Banda 1: disimilitud del espectro de cada píxel respecto a las áreas de entrenamiento. Banda 2: 1 dentro del área de aplicabilidad, 0 fuera de ella, donde el mapa no es fiable.</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modelo</translation>
    </message>
    <message>
        <source>File of the trained network, to be used in 'Classify with a model'.</source>
        <translation>Archivo de la red entrenada, para usar en «Clasificar con un modelo».</translation>
    </message>
    <message>
        <source>Accuracy report</source>
        <translation>Informe de exactitud</translation>
    </message>
    <message>
        <source>Expected accuracy of the map and of each class, with plots. The numbers are also written as JSON and CSV files beside it.</source>
        <translation>Exactitud esperada del mapa y de cada clase, con gráficos. Los números se escriben también como JSON y CSV junto a él.</translation>
    </message>
    <message>
        <source>HTML files</source>
        <translation>Archivos HTML</translation>
    </message>
    <message>
        <source>Overall accuracy</source>
        <translation>Exactitud global</translation>
    </message>
    <message>
        <source>Average accuracy</source>
        <translation>Exactitud media</translation>
    </message>
    <message>
        <source>Kappa</source>
        <translation>Kappa</translation>
    </message>
    <message>
        <source>Train model</source>
        <translation>Entrenar modelo</translation>
    </message>
    <message>
        <source>Train a MIAF-Net model from a cube and training areas</source>
        <translation>Entrenar un modelo MIAF-Net desde un cubo y áreas de entrenamiento</translation>
    </message>
    <message>
        <source>Trains a network on areas of known cover and writes it to a model file. 'Classify with a model' applies it to this scene and to others of the same sensor.

The model is trained on all areas. The accuracy in the report is measured with models that were each trained without some of the areas and scored on those. Areas in 'Test areas' are only scored and never trained on.</source>
        <translation>Entrena una red con áreas de cobertura conocida y la escribe en un archivo de modelo. «Clasificar con un modelo» la aplica a esta escena y a otras del mismo sensor.

El modelo se entrena con todas las áreas. La exactitud del informe se mide con modelos entrenados cada uno sin una parte de las áreas y evaluados con ella. Las «Áreas de prueba» solo se evalúan y nunca se usan para entrenar.</translation>
    </message>
    <message>
        <source>hyperspectral,classification,train,learn,deep learning,neural network,land cover,remote sensing,supervised</source>
        <translation>hiperespectral,clasificación,entrenar,aprender,aprendizaje profundo,red neuronal,cobertura del suelo,teledetección,supervisada</translation>
    </message>
    <message>
        <source>Classify with a model</source>
        <translation>Clasificar con un modelo</translation>
    </message>
    <message>
        <source>Make a land-cover map with a trained model</source>
        <translation>Crear un mapa de cobertura del suelo con un modelo entrenado</translation>
    </message>
    <message>
        <source>Makes a land-cover map of the training scene or of another one with a trained model.

Bands are matched by wavelength. A cube that lacks bands of the model is refused, and the message lists them. For another sensor, tick 'Interpolate bands'. A warning appears if the values of the scene are far from those of the training scene. Normalising by the statistics of the scene may then help. A model knows only the conditions it was trained on. For another date or sensor, check the map with 'Assess accuracy'.</source>
        <translation>Crea con un modelo entrenado un mapa de cobertura del suelo de la escena de entrenamiento o de otra.

Las bandas se emparejan por longitud de onda. Un cubo al que le faltan bandas del modelo se rechaza, y el mensaje las enumera. Para otro sensor, marque «Interpolar bandas». Aparece una advertencia si los valores de la escena están lejos de los de la escena de entrenamiento. Entonces puede ayudar normalizar con las estadísticas de la escena. Un modelo solo conoce las condiciones en las que se entrenó. Para otra fecha u otro sensor, compruebe el mapa con «Evaluar la exactitud».</translation>
    </message>
    <message>
        <source>hyperspectral,classification,predict,land cover,deep learning,neural network,remote sensing,map</source>
        <translation>hiperespectral,clasificación,predicción,cobertura del suelo,aprendizaje profundo,red neuronal,teledetección,mapa</translation>
    </message>
    <message>
        <source>Raster with the bands that the model was trained on.</source>
        <translation>Ráster con las bandas con que se entrenó el modelo.</translation>
    </message>
    <message>
        <source>File written by 'Train model' or 'Classify from training areas'.</source>
        <translation>Archivo escrito por «Entrenar modelo» o «Clasificar desde áreas de entrenamiento».</translation>
    </message>
    <message>
        <source>Extent</source>
        <translation>Extensión</translation>
    </message>
    <message>
        <source>Part of the cube to classify, in any CRS. If left empty, the whole cube is classified.</source>
        <translation>Parte del cubo que se clasifica, en cualquier SRC. Si se deja vacío, se clasifica todo el cubo.</translation>
    </message>
    <message>
        <source>Interpolate bands</source>
        <translation>Interpolar bandas</translation>
    </message>
    <message>
        <source>Interpolates the bands of the model from those of another sensor. This is refused for bands outside the range of the sensor or in gaps wider than 30 nm.</source>
        <translation>Interpola las bandas del modelo a partir de las de otro sensor. Se rechaza si hay bandas fuera del intervalo del sensor o en huecos de más de 30 nm.</translation>
    </message>
    <message>
        <source>model: band statistics of the training scene. scene: statistics of this scene, for another atmosphere or calibration. The scene should have about the same cover.</source>
        <translation>model: estadísticas de las bandas de la escena de entrenamiento. scene: estadísticas de esta escena, para otra atmósfera o calibración. La escena debería tener más o menos la misma cobertura.</translation>
    </message>
    <message>
        <source>Worker processes</source>
        <translation>Procesos de trabajo</translation>
    </message>
    <message>
        <source>More than one share the tiles of a large scene. Each has one CPU thread and takes up to the memory budget. The files are the same for any number of them, and those of a single process with one CPU thread. A scene of one tile keeps one of them busy.</source>
        <translation>Varios se reparten las teselas de una escena grande. Cada uno tiene un hilo de CPU y usa como máximo la memoria disponible. Los archivos son los mismos con cualquier número de ellos: los de un solo proceso con un hilo de CPU. Una escena de una tesela ocupa a uno solo.</translation>
    </message>
    <message>
        <source>Classify several cubes with a model</source>
        <translation>Clasificar varios cubos con un modelo</translation>
    </message>
    <message>
        <source>Make a land-cover map of each of several cubes with one model</source>
        <translation>Crear un mapa de cobertura del suelo de cada uno de varios cubos con un modelo</translation>
    </message>
    <message>
        <source>Makes a land-cover map of each cube in a list with one model, for example of the flight lines of a campaign. The maps are written to a folder as NAME_map.tif and, on request, NAME_confidence.tif, where NAME is the name of the cube's file. A cube that cannot be classified is reported, and the others are still classified. The run fails only if none of the cubes could be classified.</source>
        <translation>Crea con un modelo un mapa de cobertura del suelo de cada cubo de una lista, por ejemplo de las líneas de vuelo de una campaña. Los mapas se escriben en una carpeta como NAME_map.tif y, si se pide, NAME_confidence.tif, donde NAME es el nombre del archivo del cubo. Si un cubo no se puede clasificar, se informa de ello y los demás se clasifican igualmente. La ejecución solo falla si no se pudo clasificar ningún cubo.</translation>
    </message>
    <message>
        <source>hyperspectral,classification,batch,flight lines,mosaic,land cover,deep learning</source>
        <translation>hiperespectral,clasificación,lote,líneas de vuelo,mosaico,cobertura del suelo,aprendizaje profundo</translation>
    </message>
    <message>
        <source>Hyperspectral cubes</source>
        <translation>Cubos hiperespectrales</translation>
    </message>
    <message>
        <source>Rasters with the bands that the model was trained on.</source>
        <translation>Rásteres con las bandas con que se entrenó el modelo.</translation>
    </message>
    <message>
        <source>Write confidence rasters too</source>
        <translation>Escribir también rásteres de confianza</translation>
    </message>
    <message>
        <source>Probability of the mapped class, 0 to 1.</source>
        <translation>Probabilidad de la clase del mapa, de 0 a 1.</translation>
    </message>
    <message>
        <source>Folder of maps</source>
        <translation>Carpeta de mapas</translation>
    </message>
    <message>
        <source>Class maps</source>
        <translation>Mapas de clases</translation>
    </message>
    <message>
        <source>Number of maps</source>
        <translation>Número de mapas</translation>
    </message>
    <message>
        <source>Number of cubes not classified</source>
        <translation>Número de cubos sin clasificar</translation>
    </message>
    <message>
        <source>Draw a reference sample</source>
        <translation>Extraer una muestra de referencia</translation>
    </message>
    <message>
        <source>Draw random points to estimate the accuracy of a whole map</source>
        <translation>Extraer puntos al azar para estimar la exactitud de todo un mapa</translation>
    </message>
    <message>
        <source>Draws random points from a class map. Once you have entered the true cover of each point, 'Assess accuracy' estimates accuracies and class areas of the whole map with their 95 % intervals. The same points can be used for another map of the same place.

The number of points follows from the half width of the interval that you want and from the accuracy that you expect (Cochran; Olofsson et al. 2014, equation 13). A stratified sample draws points in each class of the map. They are allocated to the classes by area, in equal numbers, or as a compromise: rare classes get the minimum, and the others share the rest by area.

To enter the cover, toggle editing of the layer and open the form of each point in the order of the numbers. Choose the class from the list, or 'other' for cover that is not in the map. Judge the cover at the point itself, in a better image or in the field. The class in the map is hidden so that it does not influence you. Do not change the other fields: they record how the points were drawn.</source>
        <translation>Extrae puntos al azar de un mapa de clases. Cuando haya introducido la cobertura real de cada punto, «Evaluar la exactitud» estima las exactitudes y las superficies de las clases de todo el mapa con sus intervalos del 95 %. Los mismos puntos sirven para otro mapa del mismo lugar.

El número de puntos depende del semiancho del intervalo deseado y de la exactitud esperada (Cochran; Olofsson et al. 2014, ecuación 13). Una muestra estratificada extrae puntos en cada clase del mapa. Se reparten entre las clases por superficie, en cantidades iguales o con un compromiso: las clases raras reciben el mínimo y las demás se reparten el resto por superficie.

Para introducir la cobertura, active la edición de la capa y abra el formulario de cada punto en el orden de los números. Elija la clase de la lista, u «other» para una cobertura que no está en el mapa. Juzgue la cobertura en el punto mismo, en una imagen mejor o en el campo. La clase del mapa está oculta para que no le influya. No cambie los demás campos: registran cómo se extrajeron los puntos.</translation>
    </message>
    <message>
        <source>accuracy,reference,validation,sampling design,random points,stratified,area estimation,Olofsson</source>
        <translation>exactitud,referencia,validación,diseño muestral,puntos aleatorios,estratificado,estimación de superficies,Olofsson</translation>
    </message>
    <message>
        <source>Raster of class values, as written by the classification algorithms.</source>
        <translation>Ráster de valores de clase, como los que escriben los algoritmos de clasificación.</translation>
    </message>
    <message>
        <source>Half width of the 95 % interval of overall accuracy</source>
        <translation>Semiancho del intervalo del 95 % de la exactitud global</translation>
    </message>
    <message>
        <source>Expected accuracy</source>
        <translation>Exactitud esperada</translation>
    </message>
    <message>
        <source>Minimum number of points per class</source>
        <translation>Número mínimo de puntos por clase</translation>
    </message>
    <message>
        <source>Sampling method</source>
        <translation>Método de muestreo</translation>
    </message>
    <message>
        <source>stratified: random points in each class of the map. simple: random points over the whole map. systematic: a square grid with a random start. Its intervals are those of a simple sample. They are rather too wide, unless the land repeats itself at the distance of the grid.</source>
        <translation>stratified: puntos al azar en cada clase del mapa. simple: puntos al azar en todo el mapa. systematic: una cuadrícula con inicio aleatorio. Sus intervalos son los de una muestra simple. Son más bien demasiado anchos, salvo que el terreno se repita a la distancia de la cuadrícula.</translation>
    </message>
    <message>
        <source>As a fraction: 0.05 means 5 percentage points on either side. Values of 1 or more are percentage points. Half the width needs four times as many points.</source>
        <translation>Como fracción: 0.05 significa 5 puntos porcentuales a cada lado. Los valores de 1 o más son puntos porcentuales. La mitad del ancho necesita cuatro veces más puntos.</translation>
    </message>
    <message>
        <source>Expected user's accuracy as a fraction: one value for all classes, or one per class in the order of the class values, separated by commas. A lower value gives more points. 0.5 is safe for any map.</source>
        <translation>Exactitud del usuario esperada, como fracción: un valor para todas las clases, o uno por clase en el orden de sus valores, separados por comas. Un valor menor da más puntos. 0.5 es seguro para cualquier mapa.</translation>
    </message>
    <message>
        <source>Allocation of the points</source>
        <translation>Asignación de los puntos</translation>
    </message>
    <message>
        <source>For a stratified sample. compromise: the minimum for rare classes, the rest by area. equal: the same number in each class, best for user's accuracy. proportional: by area, best for overall accuracy.</source>
        <translation>Para una muestra estratificada. compromise: el mínimo para las clases raras, el resto por superficie. equal: el mismo número en cada clase, mejor para la exactitud del usuario. proportional: por superficie, mejor para la exactitud global.</translation>
    </message>
    <message>
        <source>For a stratified sample. If a class has fewer pixels, all of them are drawn. Olofsson et al. (2014) recommend 50 to 100.</source>
        <translation>Para una muestra estratificada. Si una clase tiene menos píxeles, se extraen todos. Olofsson et al. (2014) recomiendan de 50 a 100.</translation>
    </message>
    <message>
        <source>The same seed draws the same points.</source>
        <translation>La misma semilla extrae los mismos puntos.</translation>
    </message>
    <message>
        <source>Show the class of the map</source>
        <translation>Mostrar la clase del mapa</translation>
    </message>
    <message>
        <source>Adds a field with the class of the map at each point. People tend to agree with what they see, so leave this off if others are to trust the accuracy.</source>
        <translation>Añade un campo con la clase del mapa en cada punto. Se tiende a estar de acuerdo con lo que se ve, así que no lo active si otros han de confiar en la exactitud.</translation>
    </message>
    <message>
        <source>Reference sample</source>
        <translation>Muestra de referencia</translation>
    </message>
    <message>
        <source>GeoPackage of numbered points with a list of classes to choose from.</source>
        <translation>GeoPackage de puntos numerados con una lista de clases para elegir.</translation>
    </message>
    <message>
        <source>Number of points</source>
        <translation>Número de puntos</translation>
    </message>
    <message>
        <source>Assess accuracy</source>
        <translation>Evaluar la exactitud</translation>
    </message>
    <message>
        <source>Score a class map against areas of known cover</source>
        <translation>Evaluar un mapa de clases con áreas de cobertura conocida</translation>
    </message>
    <message>
        <source>Compares a class map with areas of known cover. Writes the confusion matrix, overall and average accuracy, kappa, and producer's and user's accuracy, F1 and IoU of each class. The 95 % intervals treat areas, not pixels, as the sampling units. Classes are matched by name or, if there are no names, by value.

Use areas that the map was not trained on. A class map does not record its training areas. If the reference may overlap them, give them as 'Areas to leave out'. Or give the 'Model that made the map' to be warned of training areas in the reference.

Points from 'Draw a reference sample' are recognised. The report then shows accuracies and class areas in hectares of the whole map with their 95 % intervals, for this map or another one of the same place. If the reference is a random sample from another source, tick 'Reference is a probability sample'. Accuracies and areas are then adjusted after Olofsson et al. (2014). 'Map to compare with' scores a second map on the same reference and tests the difference (McNemar).</source>
        <translation>Compara un mapa de clases con áreas de cobertura conocida. Escribe la matriz de confusión, la exactitud global y media, kappa, y la exactitud del productor y del usuario, F1 e IoU de cada clase. Los intervalos del 95 % toman como unidades de muestreo las áreas, no los píxeles. Las clases se emparejan por nombre o, si no hay nombres, por valor.

Use áreas con las que el mapa no se entrenó. Un mapa de clases no registra sus áreas de entrenamiento. Si la referencia puede solaparse con ellas, indíquelas como «Áreas por omitir». O indique el «Modelo que hizo el mapa» para recibir una advertencia si hay áreas de entrenamiento en la referencia.

Los puntos de «Extraer una muestra de referencia» se reconocen. El informe muestra entonces las exactitudes y las superficies de las clases en hectáreas de todo el mapa con sus intervalos del 95 %, para este mapa u otro del mismo lugar. Si la referencia es una muestra aleatoria de otra fuente, marque «La referencia es una muestra probabilística». Las exactitudes y superficies se ajustan entonces según Olofsson et al. (2014). «Mapa con que comparar» evalúa un segundo mapa con la misma referencia y comprueba la diferencia (McNemar).</translation>
    </message>
    <message>
        <source>accuracy,confusion matrix,kappa,validation,error matrix,F1,IoU,McNemar,area estimation,Olofsson</source>
        <translation>exactitud,matriz de confusión,kappa,validación,matriz de error,F1,IoU,McNemar,estimación de superficie,Olofsson</translation>
    </message>
    <message>
        <source>Reference areas</source>
        <translation>Áreas de referencia</translation>
    </message>
    <message>
        <source>Polygons, lines or points whose cover is known.</source>
        <translation>Polígonos, líneas o puntos cuya cobertura se conoce.</translation>
    </message>
    <message>
        <source>Reference raster, instead of reference areas</source>
        <translation>Ráster de referencia, en vez de áreas de referencia</translation>
    </message>
    <message>
        <source>Raster of class values on the map's grid, 0 where the cover is not known.</source>
        <translation>Ráster de valores de clase en la malla del mapa, 0 donde no se conoce la cobertura.</translation>
    </message>
    <message>
        <source>Areas to leave out</source>
        <translation>Áreas por omitir</translation>
    </message>
    <message>
        <source>Pixels in these areas are not scored. Usually these are the training areas.</source>
        <translation>Los píxeles de estas áreas no se evalúan. Suelen ser las áreas de entrenamiento.</translation>
    </message>
    <message>
        <source>Model that made the map</source>
        <translation>Modelo que hizo el mapa</translation>
    </message>
    <message>
        <source>The model file records its training areas. Reference areas among them make the accuracy too high, and a warning lists them. Areas that were redrawn cannot be recognised.</source>
        <translation>El archivo del modelo registra sus áreas de entrenamiento. Las áreas de referencia que estén entre ellas hacen que la exactitud sea demasiado alta, y una advertencia las enumera. Las áreas redibujadas no se reconocen.</translation>
    </message>
    <message>
        <source>Map to compare with</source>
        <translation>Mapa con que comparar</translation>
    </message>
    <message>
        <source>Another class map on the same grid, scored on the same reference.</source>
        <translation>Otro mapa de clases en la misma malla, evaluado con la misma referencia.</translation>
    </message>
    <message>
        <source>Reference is a probability sample</source>
        <translation>La referencia es una muestra probabilística</translation>
    </message>
    <message>
        <source>Tick only if the reference points were drawn at random, within each class of the map or over the whole map. Areas drawn where it was convenient are not such a sample. Points from 'Draw a reference sample' need no tick.</source>
        <translation>Márquelo solo si los puntos de referencia se extrajeron al azar, en cada clase del mapa o en todo el mapa. Las áreas dibujadas donde resultaba cómodo no son una muestra así. Los puntos de «Extraer una muestra de referencia» no necesitan la marca.</translation>
    </message>
    <message>
        <source>Accuracies with their intervals, for the map and each class.</source>
        <translation>Exactitudes con sus intervalos, del mapa y de cada clase.</translation>
    </message>
    <message>
        <source>Number of pixels by reference class (rows) and mapped class (columns).</source>
        <translation>Número de píxeles por clase de referencia (filas) y clase del mapa (columnas).</translation>
    </message>
    <message>
        <source>Confusion matrix</source>
        <translation>Matriz de confusión</translation>
    </message>
    <message>
        <source>CSV files</source>
        <translation>Archivos CSV</translation>
    </message>
    <message>
        <source>Inspect cube and training areas</source>
        <translation>Inspeccionar cubo y áreas de entrenamiento</translation>
    </message>
    <message>
        <source>Check a cube and training areas before training</source>
        <translation>Comprobar un cubo y áreas de entrenamiento antes de entrenar</translation>
    </message>
    <message>
        <source>Checks a hyperspectral cube and, optionally, training areas, and writes a report. It lists bands and wavelengths, pixels without data, areas and pixels of each class, mean spectra and the separability of the classes. Problems are listed with the ids of the features.

Correct problems before training: areas of different classes that overlap, areas without a class, areas unlike the others of their class, and classes that are too small or too similar. Notes are for your information. Nothing is changed.</source>
        <translation>Comprueba un cubo hiperespectral y, opcionalmente, áreas de entrenamiento, y escribe un informe. Enumera bandas y longitudes de onda, píxeles sin datos, áreas y píxeles de cada clase, espectros medios y la separabilidad de las clases. Los problemas se indican con los identificadores de los objetos.

Corrija los problemas antes de entrenar: áreas de distintas clases que se solapan, áreas sin clase, áreas distintas de las demás de su clase, y clases demasiado pequeñas o demasiado parecidas. Las notas son informativas. No se cambia nada.</translation>
    </message>
    <message>
        <source>hyperspectral,check,quality,separability,Jeffries-Matusita,outliers,spectra,overlap</source>
        <translation>hiperespectral,comprobación,calidad,separabilidad,Jeffries-Matusita,valores atípicos,espectros,solape</translation>
    </message>
    <message>
        <source>Polygons, lines or points of known cover.</source>
        <translation>Polígonos, líneas o puntos de cobertura conocida.</translation>
    </message>
    <message>
        <source>Inspection report</source>
        <translation>Informe de inspección</translation>
    </message>
    <message>
        <source>Findings, with tables and mean spectra.</source>
        <translation>Resultados, con tablas y espectros medios.</translation>
    </message>
    <message>
        <source>Has problems</source>
        <translation>Tiene problemas</translation>
    </message>
    <message>
        <source>Number of problems</source>
        <translation>Número de problemas</translation>
    </message>
    <message>
        <source>Segment into superpixels</source>
        <translation>Segmentar en superpíxeles</translation>
    </message>
    <message>
        <source>Make polygons of similar pixels, to label with a click</source>
        <translation>Crear polígonos de píxeles parecidos, para etiquetar con un clic</translation>
    </message>
    <message>
        <source>Divides a hyperspectral cube into small polygons of adjacent pixels with similar spectra. Their borders follow the pixels. Together they cover every pixel with data once.

To make training areas without drawing, select polygons with a click and write a class into their field 'class' with the field calculator bar or the attribute table. Then use the layer in 'Classify from training areas' with the class field 'class'. Polygons without a class are ignored there.

Fields: pixels, area_ha, brightness (mean of all values), bright_std (its standard deviation over the pixels), spread (difference between the pixels' spectra, in standard deviations of the scene; large where covers are mixed), neighbours and neighb_ids (polygons that share a side or a corner). A cube larger than the memory budget is processed in blocks, and superpixels end at the edges of the blocks.</source>
        <translation>Divide un cubo hiperespectral en pequeños polígonos de píxeles contiguos con espectros parecidos. Sus bordes siguen los píxeles. Juntos cubren una vez cada píxel con datos.

Para crear áreas de entrenamiento sin dibujar, seleccione polígonos con un clic y escriba una clase en su campo «class» con la barra de la calculadora de campos o la tabla de atributos. Use después la capa en «Clasificar desde áreas de entrenamiento» con el campo de clase «class». Los polígonos sin clase no se usan allí.

Campos: pixels, area_ha, brightness (media de todos los valores), bright_std (su desviación estándar entre los píxeles), spread (diferencia entre los espectros de los píxeles, en desviaciones estándar de la escena; grande donde se mezclan coberturas), neighbours y neighb_ids (polígonos que comparten un lado o una esquina). Un cubo mayor que la memoria disponible se procesa por bloques, y los superpíxeles terminan en los bordes de los bloques.</translation>
    </message>
    <message>
        <source>hyperspectral,SLIC,segmentation,objects,OBIA,labelling,training areas</source>
        <translation>hiperespectral,SLIC,segmentación,objetos,OBIA,etiquetado,áreas de entrenamiento</translation>
    </message>
    <message>
        <source>Pixels per superpixel</source>
        <translation>Píxeles por superpíxel</translation>
    </message>
    <message>
        <source>Mean number of pixels in a superpixel.</source>
        <translation>Número medio de píxeles de un superpíxel.</translation>
    </message>
    <message>
        <source>Larger values give rounder superpixels. It is the spectral distance that counts as much as the side length of a superpixel, in standard deviations of the last component.</source>
        <translation>Los valores mayores dan superpíxeles más redondos. Es la distancia espectral que cuenta tanto como el lado de un superpíxel, en desviaciones estándar del último componente.</translation>
    </message>
    <message>
        <source>Number of principal components of the spectra from which superpixels are made.</source>
        <translation>Número de componentes principales de los espectros con los que se forman los superpíxeles.</translation>
    </message>
    <message>
        <source>Mean of every band as a field</source>
        <translation>Media de cada banda como campo</translation>
    </message>
    <message>
        <source>Adds a field for each band used, called nm_ and the wavelength or band_ and the number. It holds the superpixel's mean of the values in the file.</source>
        <translation>Añade un campo por cada banda usada, llamado nm_ y la longitud de onda, o band_ y el número. Contiene la media en el superpíxel de los valores del archivo.</translation>
    </message>
    <message>
        <source>Superpixels</source>
        <translation>Superpíxeles</translation>
    </message>
    <message>
        <source>GeoPackage of polygons with an empty text field 'class'.</source>
        <translation>GeoPackage de polígonos con un campo de texto «class» vacío.</translation>
    </message>
    <message>
        <source>Number of superpixels</source>
        <translation>Número de superpíxeles</translation>
    </message>
    <message>
        <source>Suggest areas to label next</source>
        <translation>Sugerir áreas para etiquetar</translation>
    </message>
    <message>
        <source>Show where more training areas would improve a model most</source>
        <translation>Mostrar dónde más áreas de entrenamiento mejorarían más un modelo</translation>
    </message>
    <message>
        <source>Ranks the superpixels of a cube by how much knowing their class would improve a model, and writes the first ones as polygons. High ranks go to superpixels that are large enough, whose two most likely classes are close, and that differ from those ranked above. None overlaps an area that already has a class.

Toggle editing of the layer, open the attribute table or the form of an area, and choose its class from the list. Leave the class empty if you do not know the cover or if the area has several. Then train again with the layer as 'More training areas'. Areas without a class are ignored there. For further suggestions, give the layer as 'Earlier suggestions or more training areas'. Areas left empty are not suggested again, and similar ones rank lower.

Fields: rank, the class to be set (named as in the model's training), predicted and runner_up (the two most likely classes), reason, confidence (calibrated probability of the predicted class, mean over the pixels), margin (difference to the probability of the next class), entropy (0: one class is certain, 1: all classes are equally likely), pixels and area_ha.</source>
        <translation>Ordena los superpíxeles de un cubo según cuánto mejoraría un modelo al conocer su clase, y escribe los primeros como polígonos. Los primeros puestos son para superpíxeles bastante grandes, cuyas dos clases más probables están próximas y que difieren de los mejor clasificados. Ninguno se solapa con un área que ya tenga clase.

Active la edición de la capa, abra la tabla de atributos o el formulario de un área y elija su clase de la lista. Deje la clase vacía si no conoce la cobertura o si el área tiene varias. Entrene después de nuevo con la capa como «Más áreas de entrenamiento». Las áreas sin clase no se usan allí. Para más sugerencias, indique la capa como «Sugerencias anteriores o más áreas de entrenamiento». Las áreas que quedaron vacías no se vuelven a sugerir, y las parecidas bajan de puesto.

Campos: rank, la clase por asignar (llamada como en el entrenamiento del modelo), predicted y runner_up (las dos clases más probables), reason, confidence (probabilidad calibrada de la clase predicha, media de los píxeles), margin (diferencia con la probabilidad de la clase siguiente), entropy (0: una clase es segura, 1: todas son igual de probables), pixels y area_ha.</translation>
    </message>
    <message>
        <source>hyperspectral,active learning,uncertainty,sampling,labelling,training areas,superpixels</source>
        <translation>hiperespectral,aprendizaje activo,incertidumbre,muestreo,etiquetado,áreas de entrenamiento,superpíxeles</translation>
    </message>
    <message>
        <source>Areas that already have a class</source>
        <translation>Áreas que ya tienen clase</translation>
    </message>
    <message>
        <source>Usually the training areas. No suggestion overlaps them.</source>
        <translation>Normalmente las áreas de entrenamiento. Ninguna sugerencia se solapa con ellas.</translation>
    </message>
    <message>
        <source>Field with the class of these areas. Areas where it is empty are ignored. The suggestions get a field of the same name. If left empty, the field by which the layer is categorised is used, or its only text field.</source>
        <translation>Campo con la clase de estas áreas. Las áreas donde está vacío no se usan. Las sugerencias reciben un campo del mismo nombre. Si se deja vacío, se usa el campo por el que está categorizada la capa, o su único campo de texto.</translation>
    </message>
    <message>
        <source>Earlier suggestions or more training areas</source>
        <translation>Sugerencias anteriores o más áreas de entrenamiento</translation>
    </message>
    <message>
        <source>Areas with a class count as labelled. Areas without one are not suggested again, and similar ones rank lower. The class field must have the same name in both layers.</source>
        <translation>Las áreas con clase cuentan como etiquetadas. Las áreas sin clase no se vuelven a sugerir, y las parecidas bajan de puesto. El campo de clase debe tener el mismo nombre en ambas capas.</translation>
    </message>
    <message>
        <source>Number of suggestions</source>
        <translation>Número de sugerencias</translation>
    </message>
    <message>
        <source>A larger number adds suggestions after the others.</source>
        <translation>Un número mayor añade sugerencias después de las demás.</translation>
    </message>
    <message>
        <source>Mean size of the superpixels. 0 takes that of the model's middle scale.</source>
        <translation>Tamaño medio de los superpíxeles. 0 toma el de la escala media del modelo.</translation>
    </message>
    <message>
        <source>Suggested areas</source>
        <translation>Áreas sugeridas</translation>
    </message>
    <message>
        <source>GeoPackage of ranked polygons with a list of classes to choose from.</source>
        <translation>GeoPackage de polígonos ordenados con una lista de clases para elegir.</translation>
    </message>
    <message>
        <source>Number of suggested areas</source>
        <translation>Número de áreas sugeridas</translation>
    </message>
    <message>
        <source>Compare two maps</source>
        <translation>Comparar dos mapas</translation>
    </message>
    <message>
        <source>Show what changed from one class map to another, and where</source>
        <translation>Decir qué cambió de un mapa de clases a otro, y dónde</translation>
    </message>
    <message>
        <source>Compares two class maps, of two dates or of two models. Writes a map of the changes ('Corn -&gt; Woods'), the change matrix in pixels and hectares, and a report of the largest changes. Unchanged areas are pale, and changes have strong colours.

Classes are matched by name, or by value if one of the maps has no names. The maps may have different grids or coordinate reference systems. Each pixel of the map before is then compared with the nearest one of the map after, and a warning appears. Pixels without a class in one of the maps are 0 and are not compared.

The result shows how the maps differ, not how the land differs: errors in either map count as changes. Check both maps with 'Assess accuracy'.</source>
        <translation>Compara dos mapas de clases, de dos fechas o de dos modelos. Escribe un mapa de los cambios («Maíz -&gt; Bosque»), la matriz de cambios en píxeles y hectáreas, y un informe de los mayores cambios. Las zonas sin cambios son pálidas y los cambios tienen colores vivos.

Las clases se emparejan por nombre, o por valor si uno de los mapas no tiene nombres. Los mapas pueden tener rejillas o sistemas de referencia de coordenadas distintos. Entonces cada píxel del mapa anterior se compara con el más cercano del posterior, y aparece una advertencia. Los píxeles sin clase en uno de los mapas son 0 y no se comparan.

El resultado muestra en qué difieren los mapas, no el terreno: los errores de cualquiera de ellos cuentan como cambios. Compruebe ambos mapas con «Evaluar la exactitud».</translation>
    </message>
    <message>
        <source>change detection,change matrix,transition,from-to,two dates,difference,area</source>
        <translation>detección de cambios,matriz de cambios,transición,de-a,dos fechas,diferencia,superficie</translation>
    </message>
    <message>
        <source>Map before</source>
        <translation>Mapa de antes</translation>
    </message>
    <message>
        <source>Class map of the earlier date.</source>
        <translation>Mapa de clases de la fecha anterior.</translation>
    </message>
    <message>
        <source>Map after</source>
        <translation>Mapa de después</translation>
    </message>
    <message>
        <source>Class map of the later date, or of another model.</source>
        <translation>Mapa de clases de la fecha posterior, o de otro modelo.</translation>
    </message>
    <message>
        <source>Change map</source>
        <translation>Mapa de cambios</translation>
    </message>
    <message>
        <source>One value for each change: the class before and the class after, for example 305 for 3 to 5. If these values would become too large, the changes are numbered.</source>
        <translation>Un valor por cada cambio: la clase anterior y la posterior, por ejemplo 305 para 3 a 5. Si estos valores fueran demasiado grandes, los cambios se numeran.</translation>
    </message>
    <message>
        <source>Change matrix</source>
        <translation>Matriz de cambios</translation>
    </message>
    <message>
        <source>Change report</source>
        <translation>Informe de cambios</translation>
    </message>
    <message>
        <source>Share of the compared area that changed, 0 to 1</source>
        <translation>Parte del área comparada que cambió, de 0 a 1</translation>
    </message>
    <message>
        <source>Pixels that changed</source>
        <translation>Píxeles que cambiaron</translation>
    </message>
    <message>
        <source>Hectares that changed</source>
        <translation>Hectáreas que cambiaron</translation>
    </message>
    <message>
        <source>Pixels with a class in both maps</source>
        <translation>Píxeles con clase en ambos mapas</translation>
    </message>
    <message>
        <source>Set up the engine</source>
        <translation>Instalar el motor</translation>
    </message>
    <message>
        <source>Install the Python packages of the engine, separate from those of QGIS</source>
        <translation>Instalar los paquetes de Python del motor, aparte de los de QGIS</translation>
    </message>
    <message>
        <source>Installs the packages of the engine into a separate environment in your user folder. The Python of QGIS is not changed. A network connection is needed. The installation takes a few minutes and about 1.5 GB of disk space, or several GB with an NVIDIA card. If it was cancelled or interrupted, run it again to continue.

You do not need it if you choose a Python that has the packages in Settings &gt; Options &gt; Processing &gt; Providers &gt; MIAF-Net. 'Remove the engine' frees the space again.</source>
        <translation>Instala los paquetes del motor en un entorno separado en su carpeta de usuario. El Python de QGIS no cambia. Se necesita conexión a la red. La instalación tarda unos minutos y ocupa unos 1.5 GB de disco, o varios GB con una tarjeta NVIDIA. Si se canceló o interrumpió, ejecútela de nuevo para continuar.

No la necesita si elige un Python que tenga los paquetes en Configuración &gt; Opciones &gt; Procesos &gt; Proveedores &gt; MIAF-Net. «Quitar el motor» libera el espacio.</translation>
    </message>
    <message>
        <source>install,setup,torch,environment,dependencies,gpu,cuda</source>
        <translation>instalar,configurar,torch,entorno,dependencias,gpu,cuda</translation>
    </message>
    <message>
        <source>Python</source>
        <translation>Python</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Todos los archivos</translation>
    </message>
    <message>
        <source>Python 3.10 or newer from which the environment is made. If left empty, that of QGIS is used or, if it is too old, the newest one found.</source>
        <translation>Python 3.10 o posterior con el que se crea el entorno. Si se deja vacío, se usa el de QGIS o, si es demasiado antiguo, el más reciente que se encuentre.</translation>
    </message>
    <message>
        <source>Compute on</source>
        <translation>Calcular en</translation>
    </message>
    <message>
        <source>Build of torch. auto: looks for an NVIDIA card and its driver. cpu: the smaller build. cuda: also checks that the engine finds a card.</source>
        <translation>Variante de torch. auto: busca una tarjeta NVIDIA y su controlador. cpu: la variante más pequeña. cuda: comprueba además que el motor encuentra una tarjeta.</translation>
    </message>
    <message>
        <source>Folder of wheels</source>
        <translation>Carpeta de wheels</translation>
    </message>
    <message>
        <source>Folder with wheel files, to install without a network connection.</source>
        <translation>Carpeta con archivos wheel, para instalar sin conexión a la red.</translation>
    </message>
    <message>
        <source>Extra package index</source>
        <translation>Índice de paquetes adicional</translation>
    </message>
    <message>
        <source>URL of the package index for another build of torch, for example for a certain CUDA version. The installation page of PyTorch lists them.</source>
        <translation>URL del índice de paquetes de otra variante de torch, por ejemplo para una versión concreta de CUDA. La página de instalación de PyTorch las enumera.</translation>
    </message>
    <message>
        <source>Python of the engine</source>
        <translation>Python del motor</translation>
    </message>
    <message>
        <source>Device found</source>
        <translation>Dispositivo encontrado</translation>
    </message>
    <message>
        <source>Remove the engine</source>
        <translation>Quitar el motor</translation>
    </message>
    <message>
        <source>Free the disk space used by the packages of the engine</source>
        <translation>Liberar el espacio de disco que usan los paquetes del motor</translation>
    </message>
    <message>
        <source>Removes the packages installed by 'Set up the engine', including those of older versions, and the log files of the runs. Your maps and models are kept, and so is a Python that you chose in the options. To use the engine again, run 'Set up the engine'.</source>
        <translation>Quita los paquetes instalados por «Instalar el motor», también los de versiones anteriores, y los archivos de registro de las ejecuciones. Sus mapas y modelos se conservan, igual que un Python que haya elegido en las opciones. Para volver a usar el motor, ejecute «Instalar el motor».</translation>
    </message>
    <message>
        <source>uninstall,remove,disk space,environment,logs</source>
        <translation>desinstalar,quitar,espacio en disco,entorno,registros</translation>
    </message>
    <message>
        <source>Remove the logs</source>
        <translation>Quitar los registros</translation>
    </message>
    <message>
        <source>Removes the log files of the runs. Other files in their folder are kept.</source>
        <translation>Quita los archivos de registro de las ejecuciones. Los demás archivos de su carpeta se conservan.</translation>
    </message>
    <message>
        <source>Megabytes freed</source>
        <translation>Megabytes liberados</translation>
    </message>
    <message>
        <source>Report engine and hardware</source>
        <translation>Informar del motor y el equipo</translation>
    </message>
    <message>
        <source>List versions, packages and devices for a bug report</source>
        <translation>Listar versiones, paquetes y dispositivos para un informe de error</translation>
    </message>
    <message>
        <source>Lists the versions of QGIS, Python and the engine's packages, the Python that runs the engine, and the devices it finds. Add the text to a bug report. Your home folder is shown as ~ and your user name as USER.</source>
        <translation>Enumera las versiones de QGIS, Python y los paquetes del motor, el Python que ejecuta el motor y los dispositivos que encuentra. Añada el texto a un informe de error. Su carpeta personal aparece como ~ y su nombre de usuario como USER.</translation>
    </message>
    <message>
        <source>diagnostics,version,gpu,cuda,support,bug</source>
        <translation>diagnóstico,versión,gpu,cuda,ayuda,error</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Informe</translation>
    </message>
    <message>
        <source>The text shown in the log, to copy into a bug report.</source>
        <translation>El texto del registro, para copiarlo en un informe de error.</translation>
    </message>
    <message>
        <source>Open the demo scene</source>
        <translation>Abrir la escena de demostración</translation>
    </message>
    <message>
        <source>Open the Indian Pines scene with its training and test areas</source>
        <translation>Abrir la escena Indian Pines con sus áreas de entrenamiento y de prueba</translation>
    </message>
    <message>
        <source>Opens the Indian Pines scene that comes with the plugin: a small hyperspectral cube, training areas and test areas. It is copied to your user folder, so you can edit it freely. Then run 'Classify from training areas' with the class field 'cover'.</source>
        <translation>Abre la escena Indian Pines incluida en el complemento: un cubo hiperespectral pequeño, áreas de entrenamiento y áreas de prueba. Se copia en su carpeta de usuario, así que puede editarla libremente. Después ejecute «Clasificar desde áreas de entrenamiento» con el campo de clase «cover».</translation>
    </message>
    <message>
        <source>demo,example,tutorial,Indian Pines,sample data</source>
        <translation>demostración,ejemplo,tutorial,Indian Pines,datos de ejemplo</translation>
    </message>
    <message>
        <source>Demo scene</source>
        <translation>Escena de demostración</translation>
    </message>
    <message>
        <source>Demo scene (Indian Pines)</source>
        <translation>Escena de demostración (Indian Pines)</translation>
    </message>
    <message>
        <source>Demo training areas</source>
        <translation>Áreas de entrenamiento de demostración</translation>
    </message>
    <message>
        <source>Demo test areas</source>
        <translation>Áreas de prueba de demostración</translation>
    </message>
    <message>
        <source>Import a benchmark scene</source>
        <translation>Importar una escena de referencia</translation>
    </message>
    <message>
        <source>Convert a scene from MATLAB or NumPy files to rasters and areas</source>
        <translation>Convertir una escena de archivos MATLAB o NumPy en rásteres y áreas</translation>
    </message>
    <message>
        <source>Scenes from the literature, such as Indian Pines, Salinas or Pavia University, are published as arrays in .mat or .npy files. This algorithm converts them to a hyperspectral cube that QGIS can open, a label raster, and areas with the text field 'class', one for each connected region of labels.

Then run 'Classify from training areas' with the cube, the areas and the class field 'class'. Whole regions are held out to measure accuracy. A class with one region is divided, which makes its accuracy too high.

Arrays have no location. Without an origin the rasters have no georeference, and QGIS draws them from 0,0 downwards in pixels. The areas match them.</source>
        <translation>Las escenas de la literatura, como Indian Pines, Salinas o Pavia University, se publican como matrices en archivos .mat o .npy. Este algoritmo las convierte en un cubo hiperespectral que QGIS puede abrir, un ráster de etiquetas y áreas con el campo de texto «class», una por cada región conexa de etiquetas.

Después ejecute «Clasificar desde áreas de entrenamiento» con el cubo, las áreas y el campo de clase «class». Para medir la exactitud se reservan regiones enteras. Una clase con una sola región se divide, lo que hace que su exactitud sea demasiado alta.

Las matrices no tienen ubicación. Sin un origen, los rásteres no tienen georreferencia y QGIS los dibuja desde 0,0 hacia abajo en píxeles. Las áreas coinciden con ellos.</translation>
    </message>
    <message>
        <source>benchmark,mat,MATLAB,npy,NumPy,Indian Pines,Salinas,Pavia,Jasper Ridge,ground truth,import</source>
        <translation>referencia,mat,MATLAB,npy,NumPy,Indian Pines,Salinas,Pavia,Jasper Ridge,verdad terreno,importar</translation>
    </message>
    <message>
        <source>Array file of the cube</source>
        <translation>Archivo de matrices del cubo</translation>
    </message>
    <message>
        <source>Arrays</source>
        <translation>Matrices</translation>
    </message>
    <message>
        <source>MATLAB file (version 5 or 7.3) or NumPy .npy with the spectra.</source>
        <translation>Archivo MATLAB (versión 5 o 7.3) o NumPy .npy con los espectros.</translation>
    </message>
    <message>
        <source>Array of the cube</source>
        <translation>Matriz del cubo</translation>
    </message>
    <message>
        <source>Name of the array in a MATLAB file. If left empty, the only array with three axes is used.</source>
        <translation>Nombre de la matriz en un archivo MATLAB. Si se deja vacío, se usa la única matriz con tres ejes.</translation>
    </message>
    <message>
        <source>Array file of the labels</source>
        <translation>Archivo de matrices de las etiquetas</translation>
    </message>
    <message>
        <source>MATLAB or NumPy file with the class number of each pixel, 0 where it is not known. Or with abundances, one layer per class.</source>
        <translation>Archivo MATLAB o NumPy con el número de clase de cada píxel, 0 donde no se conoce. O con abundancias, una capa por clase.</translation>
    </message>
    <message>
        <source>Array of the labels</source>
        <translation>Matriz de las etiquetas</translation>
    </message>
    <message>
        <source>Name of the array in a MATLAB file. If left empty, the only array that fits the cube is used. With a name but no labels file, the array is read from the cube's file.</source>
        <translation>Nombre de la matriz en un archivo MATLAB. Si se deja vacío, se usa la única que encaja con el cubo. Con un nombre pero sin archivo de etiquetas, la matriz se lee del archivo del cubo.</translation>
    </message>
    <message>
        <source>List of class names</source>
        <translation>Lista de nombres de clases</translation>
    </message>
    <message>
        <source>Text file with one line per class: value and name, for example '10 Corn', or names only, in the order of the values.</source>
        <translation>Archivo de texto con una línea por clase: valor y nombre, por ejemplo «10 Maíz», o solo los nombres, en el orden de los valores.</translation>
    </message>
    <message>
        <source>List of wavelengths</source>
        <translation>Lista de longitudes de onda</translation>
    </message>
    <message>
        <source>Text or CSV file with one wavelength per line, or with the column 'wavelength' and optionally 'fwhm'. Also an AVIRIS .spc file or an .npy file. Values in nanometres or micrometres.</source>
        <translation>Archivo de texto o CSV con una longitud de onda por línea, o con la columna «wavelength» y opcionalmente «fwhm». También un archivo AVIRIS .spc o un archivo .npy. Valores en nanómetros o micrómetros.</translation>
    </message>
    <message>
        <source>Bands in the list that the cube lacks</source>
        <translation>Bandas de la lista que faltan en el cubo</translation>
    </message>
    <message>
        <source>Band numbers from 1, for example 104-108,150-163,220. Needed if the list has all bands of the sensor and noisy ones were removed from the cube.</source>
        <translation>Números de banda desde 1, por ejemplo 104-108,150-163,220. Necesario si la lista tiene todas las bandas del sensor y se quitaron del cubo las ruidosas.</translation>
    </message>
    <message>
        <source>Order of the axes</source>
        <translation>Orden de los ejes</translation>
    </message>
    <message>
        <source>auto: derived from the shape of the labels, otherwise rows,columns,bands.</source>
        <translation>auto: se deduce de la forma de las etiquetas; si no, rows,columns,bands.</translation>
    </message>
    <message>
        <source>Number of rows, if the image is a list of pixels</source>
        <translation>Número de filas, si la imagen es una lista de píxeles</translation>
    </message>
    <message>
        <source>Needed only for a cube with two axes, pixels and bands. Otherwise 0.</source>
        <translation>Solo se necesita para un cubo con dos ejes, píxeles y bandas. Si no, 0.</translation>
    </message>
    <message>
        <source>Number of columns, if the image is a list of pixels</source>
        <translation>Número de columnas, si la imagen es una lista de píxeles</translation>
    </message>
    <message>
        <source>As for the rows.</source>
        <translation>Como en las filas.</translation>
    </message>
    <message>
        <source>Order of the pixels in the list</source>
        <translation>Orden de los píxeles en la lista</translation>
    </message>
    <message>
        <source>F: column by column, as in MATLAB. C: row by row.</source>
        <translation>F: columna por columna, como en MATLAB. C: fila por fila.</translation>
    </message>
    <message>
        <source>Minimum abundance of a class (%)</source>
        <translation>Abundancia mínima de una clase (%)</translation>
    </message>
    <message>
        <source>If the labels are abundances: pixels with at least this abundance belong to the class.</source>
        <translation>Si las etiquetas son abundancias: los píxeles con al menos esta abundancia pertenecen a la clase.</translation>
    </message>
    <message>
        <source>Nodata value</source>
        <translation>Valor nodata</translation>
    </message>
    <message>
        <source>Value of pixels without data.</source>
        <translation>Valor de los píxeles sin datos.</translation>
    </message>
    <message>
        <source>CRS of the origin</source>
        <translation>SRC del origen</translation>
    </message>
    <message>
        <source>Used only with an origin. If left empty, the rasters have no CRS.</source>
        <translation>Solo se usa con un origen. Si se deja vacío, los rásteres no tienen SRC.</translation>
    </message>
    <message>
        <source>Origin (upper left corner)</source>
        <translation>Origen (esquina superior izquierda)</translation>
    </message>
    <message>
        <source>x,y of the upper left corner of the image. If left empty, the rasters have no georeference.</source>
        <translation>x,y de la esquina superior izquierda de la imagen. Si se deja vacío, los rásteres no tienen georreferencia.</translation>
    </message>
    <message>
        <source>Pixel size</source>
        <translation>Tamaño del píxel</translation>
    </message>
    <message>
        <source>One number, or width,height, in units of the CRS.</source>
        <translation>Un número, o anchura,altura, en unidades del SRC.</translation>
    </message>
    <message>
        <source>Cube</source>
        <translation>Cubo</translation>
    </message>
    <message>
        <source>Label raster</source>
        <translation>Ráster de etiquetas</translation>
    </message>
    <message>
        <source>Areas of the labels</source>
        <translation>Áreas de las etiquetas</translation>
    </message>
    <message>
        <source>Add class names to polygons</source>
        <translation>Añadir nombres de clases a polígonos</translation>
    </message>
    <message>
        <source>Add the names and colours of a class map's legend to its polygons</source>
        <translation>Añadir a los polígonos de un mapa de clases los nombres y colores de su leyenda</translation>
    </message>
    <message>
        <source>Adds the fields 'class' and 'colour' to polygons made from a class map, for example with 'Polygonise'. They hold the name and colour of the polygon's value in the legend of the map. Polygons whose value is not in the legend get empty fields. The layer is shown in the colours of the map.</source>
        <translation>Añade los campos «class» y «colour» a polígonos creados a partir de un mapa de clases, por ejemplo con «Poligonizar». Contienen el nombre y el color que el valor del polígono tiene en la leyenda del mapa. Los polígonos cuyo valor no está en la leyenda reciben campos vacíos. La capa se muestra con los colores del mapa.</translation>
    </message>
    <message>
        <source>polygonise,vectorise,legend,classification,land cover</source>
        <translation>poligonizar,vectorizar,leyenda,clasificación,cobertura del suelo</translation>
    </message>
    <message>
        <source>Polygons of a class map</source>
        <translation>Polígonos de un mapa de clases</translation>
    </message>
    <message>
        <source>Polygons with a field of class values.</source>
        <translation>Polígonos con un campo de valores de clase.</translation>
    </message>
    <message>
        <source>Field of class values</source>
        <translation>Campo de los valores de clase</translation>
    </message>
    <message>
        <source>GDAL's 'Polygonise' calls it DN.</source>
        <translation>«Poligonizar» de GDAL lo llama DN.</translation>
    </message>
    <message>
        <source>Map from which the polygons were made. Its legend is used.</source>
        <translation>Mapa a partir del que se crearon los polígonos. Se usa su leyenda.</translation>
    </message>
    <message>
        <source>Polygons with class names</source>
        <translation>Polígonos con nombres de clases</translation>
    </message>
    <message>
        <source>hyperspectral,classification,land cover,deep learning,model,workflow</source>
        <translation>hiperespectral,clasificación,cobertura del suelo,aprendizaje profundo,modelo,flujo de trabajo</translation>
    </message>
    <message>
        <source>Text or number that names the class.</source>
        <translation>Texto o número que nombra la clase.</translation>
    </message>
    <message>
        <source>Passes over the training areas; 150 suits most scenes.</source>
        <translation>Pasadas sobre las áreas de entrenamiento; 150 va bien en la mayoría de las escenas.</translation>
    </message>
    <message>
        <source>auto, cpu, cuda:N or mps.</source>
        <translation>auto, cpu, cuda:N o mps.</translation>
    </message>
    <message>
        <source>Smallest patch (pixels)</source>
        <translation>Mancha más pequeña (píxeles)</translation>
    </message>
    <message>
        <source>Smaller patches take the class of their largest neighbour; 1 keeps all.</source>
        <translation>Las manchas menores toman la clase de su vecina más grande; 1 las conserva todas.</translation>
    </message>
    <message>
        <source>Land-cover polygons</source>
        <translation>Polígonos de cobertura del suelo</translation>
    </message>
    <message>
        <source>Cubes to classify</source>
        <translation>Cubos por clasificar</translation>
    </message>
    <message>
        <source>Cubes of the same sensor, the first one among them if it is to be mapped too.</source>
        <translation>Cubos del mismo sensor, incluido el primero si también debe cartografiarse.</translation>
    </message>
    <message>
        <source>Areas of known cover that the model has not seen.</source>
        <translation>Áreas de cobertura conocida que el modelo no ha visto.</translation>
    </message>
    <message>
        <source>Field with the names of the classes, as in the training.</source>
        <translation>Campo con los nombres de las clases, como en el entrenamiento.</translation>
    </message>
    <message>
        <source>Of the 95 % interval, as a fraction: 0.05 for 5 percentage points.</source>
        <translation>Del intervalo del 95 %, como fracción: 0.05 para 5 puntos porcentuales.</translation>
    </message>
    <message>
        <source>Olofsson et al. (2014) advise 50 to 100.</source>
        <translation>Olofsson et al. (2014) aconsejan de 50 a 100.</translation>
    </message>
    <message>
        <source>Python that runs the engine (empty: found automatically)</source>
        <translation>Python que ejecuta el motor (vacío: se busca automáticamente)</translation>
    </message>
    <message>
        <source>Device used for auto</source>
        <translation>Dispositivo para auto</translation>
    </message>
    <message>
        <source>Memory budget (MiB) used for 0 (0: automatic)</source>
        <translation>Memoria disponible (MiB) para 0 (0: automático)</translation>
    </message>
    <message>
        <source>Threads of the engine (0: automatic)</source>
        <translation>Hilos del motor (0: automático)</translation>
    </message>
    <message>
        <source>Folder for log files (empty: user folder)</source>
        <translation>Carpeta de los registros (vacío: carpeta del usuario)</translation>
    </message>
    <message>
        <source>The run is not finished. Stop it?</source>
        <translation>La ejecución no ha terminado. ¿Detenerla?</translation>
    </message>
    <message>
        <source>If not, it continues in the background and is shown in the list of tasks at the bottom of the QGIS window. A training that is stopped continues where it was when you run it again.</source>
        <translation>Si no, continúa en segundo plano y aparece en la lista de tareas de la parte inferior de la ventana de QGIS. Un entrenamiento detenido continúa donde estaba al ejecutarlo de nuevo.</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Detener</translation>
    </message>
    <message>
        <source>Continue in the background</source>
        <translation>Continuar en segundo plano</translation>
    </message>
    <message>
        <source>The engine is ready.</source>
        <translation>El motor está listo.</translation>
    </message>
    <message>
        <source>Spectra</source>
        <translation>Espectros</translation>
    </message>
    <message>
        <source>Training curve</source>
        <translation>Curva de entrenamiento</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Ayuda</translation>
    </message>
    <message>
        <source>MIAF-Net needs its engine: 1.5 GB or more, a few minutes.</source>
        <translation>MIAF-Net necesita su motor: al menos 1.5 GB, unos minutos.</translation>
    </message>
    <message>
        <source>Open a copy in the model designer…</source>
        <translation>Abrir una copia en el diseñador de modelos…</translation>
    </message>
    <message>
        <source>The project is not saved yet. Its areas are in a folder of your profile. Save the project to keep them beside it.</source>
        <translation>El proyecto aún no está guardado. Sus áreas están en una carpeta de su perfil. Guarde el proyecto para tenerlas junto a él.</translation>
    </message>
    <message>
        <source>The areas are saved in {name}.</source>
        <translation>Las áreas están guardadas en {name}.</translation>
    </message>
    <message>
        <source>The training areas cannot be read from '{path}'. Put the file back and open the project again, or remove the layer '{name}' from the project to draw new areas.</source>
        <translation>No se pueden leer las áreas de entrenamiento de «{path}». Devuelva el archivo a su sitio y abra de nuevo el proyecto, o quite la capa «{name}» del proyecto para dibujar áreas nuevas.</translation>
    </message>
    <message>
        <source>Areas cannot be stored in the layer '{name}': it is read-only, or its class field '{field}' is not a text field of its file. Choose another layer with the button beside the colours.</source>
        <translation>No se pueden guardar áreas en la capa «{name}»: es de solo lectura, o su campo de clase «{field}» no es un campo de texto de su archivo. Elija otra capa con el botón junto a los colores.</translation>
    </message>
    <message>
        <source>The class field '{field}' of layer '{layer}' holds {count} characters at most, so that it cannot store '{name}'. Choose a shorter name, or another layer with the button beside the colours.</source>
        <translation>El campo de clase «{field}» de la capa «{layer}» admite {count} caracteres como máximo, así que no puede guardar «{name}». Elija un nombre más corto u otra capa con el botón junto a los colores.</translation>
    </message>
    <message>
        <source>The training areas cannot be stored in '{path}': {reason}</source>
        <translation>Las áreas de entrenamiento no se pueden guardar en «{path}»: {reason}</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Clase</translation>
    </message>
    <message>
        <source>Areas</source>
        <translation>Áreas</translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation>Píxeles</translation>
    </message>
    <message>
        <source>ha</source>
        <translation>ha</translation>
    </message>
    <message>
        <source>Double-click to rename; right-click for colour and removal.</source>
        <translation>Doble clic para renombrar; clic derecho para color y eliminación.</translation>
    </message>
    <message>
        <source>Number of training areas</source>
        <translation>Número de áreas de entrenamiento</translation>
    </message>
    <message>
        <source>Pixels of the cube in the training areas</source>
        <translation>Píxeles del cubo en las áreas de entrenamiento</translation>
    </message>
    <message>
        <source>Hectares of the class in the last map</source>
        <translation>Hectáreas de la clase en el último mapa</translation>
    </message>
    <message>
        <source>Producer's accuracy: share of this class in the training areas that the map finds, measured on areas held out in turn</source>
        <translation>Exactitud del productor: parte de esta clase en las áreas de entrenamiento que el mapa encuentra, medida en áreas reservadas por turnos</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Renombrar</translation>
    </message>
    <message>
        <source>Change colour…</source>
        <translation>Cambiar color…</translation>
    </message>
    <message>
        <source>Remove class and its areas</source>
        <translation>Eliminar la clase y sus áreas</translation>
    </message>
    <message>
        <source>There is already a class '{name}'.</source>
        <translation>Ya existe una clase «{name}».</translation>
    </message>
    <message>
        <source>MIAF-Net panel</source>
        <translation>Panel de MIAF-Net</translation>
    </message>
    <message>
        <source>Draw training areas and map a hyperspectral cube</source>
        <translation>Dibujar áreas de entrenamiento y cartografiar un cubo hiperespectral</translation>
    </message>
    <message>
        <source>The accuracy of this map was not measured, because no area could be held out of the training. Draw several areas of each class, each of several pixels.</source>
        <translation>No se midió la exactitud de este mapa, porque no se pudo reservar ningún área del entrenamiento. Dibuje varias áreas de cada clase, cada una de varios píxeles.</translation>
    </message>
    <message>
        <source>The accuracy of this map was not measured, because the model from which it continues was trained on all areas. Train from the beginning to measure it.</source>
        <translation>La exactitud de este mapa no se midió, porque el modelo desde el que continúa se entrenó con todas las áreas. Entrene desde el principio para medirla.</translation>
    </message>
    <message>
        <source>{share} % of the map is unlike all training areas.</source>
        <translation>El {share} % del mapa es distinto de todas las áreas de entrenamiento.</translation>
    </message>
    <message>
        <source>Draw areas</source>
        <translation>Dibujar áreas</translation>
    </message>
    <message>
        <source>Draw areas of the current class: click the corners and finish with a right click, or hold the button and draw around the area.</source>
        <translation>Dibujar áreas de la clase actual: haga clic en las esquinas y termine con clic derecho, o mantenga pulsado el botón y rodee el área.</translation>
    </message>
    <message>
        <source>Click superpixels</source>
        <translation>Marcar superpíxeles</translation>
    </message>
    <message>
        <source>Assign the current class to superpixels: click one, or hold the button and brush over several. Click again to remove the class. The keys 1 to 9 choose a class.</source>
        <translation>Asignar la clase actual a superpíxeles: haga clic en uno, o mantenga pulsado el botón y pase sobre varios. Haga clic de nuevo para quitar la clase. Las teclas 1 a 9 eligen una clase.</translation>
    </message>
    <message>
        <source>New class</source>
        <translation>Nueva clase</translation>
    </message>
    <message>
        <source>Use areas of another layer</source>
        <translation>Usar áreas de otra capa</translation>
    </message>
    <message>
        <source>The cube is divided into superpixels. Click those that you know.</source>
        <translation>El cubo está dividido en superpíxeles. Haga clic en los que conozca.</translation>
    </message>
    <message>
        <source>Open a hyperspectral cube, or the demo scene from the menu.</source>
        <translation>Abra un cubo hiperespectral, o la escena de demostración desde el menú.</translation>
    </message>
    <message>
        <source>Add a class, then draw areas where you know the cover.</source>
        <translation>Añada una clase y dibuje áreas donde conozca la cobertura.</translation>
    </message>
    <message>
        <source>Draw areas of at least two classes, several of each.</source>
        <translation>Dibuje áreas de al menos dos clases, varias de cada una.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Deshacer</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Rehacer</translation>
    </message>
    <message>
        <source>Wait until the run has ended, then make the superpixels.</source>
        <translation>Espere a que termine la ejecución y cree después los superpíxeles.</translation>
    </message>
    <message>
        <source>The area is outside the cube and was not added.</source>
        <translation>El área está fuera del cubo y no se añadió.</translation>
    </message>
    <message>
        <source>Update map</source>
        <translation>Actualizar mapa</translation>
    </message>
    <message>
        <source>Suggest where to draw next</source>
        <translation>Sugerir dónde dibujar después</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Continue from the last model</source>
        <translation>Continuar desde el último modelo</translation>
    </message>
    <message>
        <source>Takes a fraction of the time. The accuracy is not measured, because the model was trained on all areas.</source>
        <translation>Lleva una fracción del tiempo. La exactitud no se mide, porque el modelo se entrenó con todas las áreas.</translation>
    </message>
    <message>
        <source>Quick look: {n} epochs</source>
        <translation>Vistazo rápido: {n} épocas</translation>
    </message>
    <message>
        <source>Standard: {n} epochs</source>
        <translation>Estándar: {n} épocas</translation>
    </message>
    <message>
        <source>Best: {n} epochs</source>
        <translation>Óptimo: {n} épocas</translation>
    </message>
    <message>
        <source>Open the dialog with these values…</source>
        <translation>Abrir el diálogo con estos valores…</translation>
    </message>
    <message>
        <source>Copy the last run</source>
        <translation>Copiar la última ejecución</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>Iniciando…</translation>
    </message>
    <message>
        <source>Cancelling…</source>
        <translation>Cancelando…</translation>
    </message>
    <message>
        <source>Copy as command</source>
        <translation>Copiar como orden</translation>
    </message>
    <message>
        <source>Copy as Python</source>
        <translation>Copiar como Python</translation>
    </message>
    <message>
        <source>Suggested areas: {count}. The first one is in view. Draw there if you know the cover.</source>
        <translation>Áreas sugeridas: {count}. La primera está a la vista. Dibuje allí si conoce la cobertura.</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>Cancelado.</translation>
    </message>
    <message>
        <source>The run failed: {reason}</source>
        <translation>La ejecución falló: {reason}</translation>
    </message>
    <message>
        <source>There is no algorithm '{name}'. Is the plugin Processing enabled?</source>
        <translation>No existe el algoritmo «{name}». ¿Está activado el complemento Procesos (Processing)?</translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation>Segundos</translation>
    </message>
    <message>
        <source>Its accuracy was not measured: no pixels were held out.</source>
        <translation>Su exactitud no se midió: no se reservaron píxeles.</translation>
    </message>
    <message>
        <source>Its accuracy was not measured.</source>
        <translation>Su exactitud no se midió.</translation>
    </message>
    <message>
        <source>About {share} % of the map should be right.</source>
        <translation>Alrededor del {share} % del mapa debería ser correcto.</translation>
    </message>
    <message>
        <source>About {share} % of the map should be right (95 % interval {low} to {high} %).</source>
        <translation>Alrededor del {share} % del mapa debería ser correcto (intervalo del 95 %: {low} a {high} %).</translation>
    </message>
    <message>
        <source>The accuracy of the map was not measured.</source>
        <translation>La exactitud del mapa no se midió.</translation>
    </message>
    <message>
        <source>Land cover of {cube}, classified by MIAF-Net.</source>
        <translation>Cobertura del suelo de {cube}, clasificada con MIAF-Net.</translation>
    </message>
    <message>
        <source>Overall accuracy {value} %. {definition}</source>
        <translation>Exactitud global {value} %. {definition}</translation>
    </message>
    <message>
        <source>The model's accuracy on its training scene {scene}: {accuracy}</source>
        <translation>Exactitud del modelo en su escena de entrenamiento {scene}: {accuracy}</translation>
    </message>
    <message>
        <source>Trained on {areas} and classified {cube}</source>
        <translation>Entrenado con {areas} y clasificado {cube}</translation>
    </message>
    <message>
        <source>Classified {cube}</source>
        <translation>Clasificado {cube}</translation>
    </message>
    <message>
        <source>Model file: {name}</source>
        <translation>Archivo del modelo: {name}</translation>
    </message>
    <message>
        <source>Expected accuracy: {share} %</source>
        <translation>Exactitud esperada: {share} %</translation>
    </message>
    <message>
        <source>Expected accuracy: {share} % ({low} to {high} %)</source>
        <translation>Exactitud esperada: {share} % ({low} a {high} %)</translation>
    </message>
    <message>
        <source>Expected accuracy: not measured</source>
        <translation>Exactitud esperada: no medida</translation>
    </message>
    <message>
        <source>{text}, often too high</source>
        <translation>{text}, a menudo demasiado alta</translation>
    </message>
    <message>
        <source>Swipe map</source>
        <translation>Deslizar el mapa</translation>
    </message>
    <message>
        <source>Suggest areas</source>
        <translation>Proponer áreas</translation>
    </message>
    <message>
        <source>Compare a map with what lies below it: drag the line. A right click turns it.</source>
        <translation>Comparar un mapa con lo que hay debajo: arrastre la línea. Un clic derecho la gira.</translation>
    </message>
    <message>
        <source>Choose a raster that lies above another layer first.</source>
        <translation>Elija primero un ráster que esté encima de otra capa.</translation>
    </message>
    <message>
        <source>Use as training areas</source>
        <translation>Usar como áreas de entrenamiento</translation>
    </message>
    <message>
        <source>No editable polygon layer with its classes in a text field</source>
        <translation>Ninguna capa de polígonos editable con sus clases en un campo de texto</translation>
    </message>
    <message>
        <source>Spectrum</source>
        <translation>Espectro</translation>
    </message>
    <message>
        <source>Change colour</source>
        <translation>Cambiar color</translation>
    </message>
    <message>
        <source>Rename class</source>
        <translation>Renombrar clase</translation>
    </message>
    <message>
        <source>Remove class</source>
        <translation>Eliminar clase</translation>
    </message>
    <message>
        <source>Add areas</source>
        <translation>Añadir áreas</translation>
    </message>
    <message>
        <source>Remove areas</source>
        <translation>Eliminar áreas</translation>
    </message>
    <message>
        <source>Change class</source>
        <translation>Cambiar clase</translation>
    </message>
    <message>
        <source>Change areas</source>
        <translation>Cambiar áreas</translation>
    </message>
    <message>
        <source>Device from the options: {name}</source>
        <translation>Dispositivo de las opciones: {name}</translation>
    </message>
    <message>
        <source>Memory budget from the options: {n} MiB</source>
        <translation>Memoria disponible de las opciones: {n} MiB</translation>
    </message>
    <message>
        <source>The extent '{value}' cannot be read. Write it as xmin,xmax,ymin,ymax [CRS].</source>
        <translation>La extensión «{value}» no se puede leer. Escríbala como xmin,xmax,ymin,ymax [SRC].</translation>
    </message>
    <message>
        <source>No cube was classified. See the messages above.</source>
        <translation>No se clasificó ningún cubo. Vea los mensajes anteriores.</translation>
    </message>
    <message>
        <source>'{name}' was not classified: {reason}</source>
        <translation>«{name}» no se clasificó: {reason}</translation>
    </message>
    <message>
        <source>The engine returned results for {found} of {count} cubes. Run 'Set up the engine' again, and then repeat this run.</source>
        <translation>El motor devolvió resultados de {found} de {count} cubos. Ejecute de nuevo «Instalar el motor» y repita después esta ejecución.</translation>
    </message>
    <message>
        <source>The folder '{folder}' cannot be made: {reason}. Choose another one.</source>
        <translation>No se puede crear la carpeta «{folder}»: {reason}. Elija otra.</translation>
    </message>
    <message>
        <source>Changes (miaf)</source>
        <translation>Cambios (miaf)</translation>
    </message>
    <message>
        <source>'Map before' and 'Map after' are the same file. Choose another one.</source>
        <translation>«Mapa de antes» y «Mapa de después» son el mismo archivo. Elija otro.</translation>
    </message>
    <message>
        <source>The demo file '{path}' is missing. Install the plugin again.</source>
        <translation>Falta el archivo de demostración «{path}». Instale de nuevo el complemento.</translation>
    </message>
    <message>
        <source>The demo scene cannot be copied to {folder}: {reason}.</source>
        <translation>La escena de demostración no se puede copiar a {folder}: {reason}.</translation>
    </message>
    <message>
        <source>Reference sample (miaf)</source>
        <translation>Muestra de referencia (miaf)</translation>
    </message>
    <message>
        <source>The expected accuracy '{text}' is neither a number nor a list of numbers. Write for example 0.8, or 0.7,0.9,0.85.</source>
        <translation>La exactitud esperada «{text}» no es ni un número ni una lista de números. Escriba por ejemplo 0.8, o 0.7,0.9,0.85.</translation>
    </message>
    <message>
        <source>{scene}, labels</source>
        <translation>{scene}, etiquetas</translation>
    </message>
    <message>
        <source>{scene}, areas</source>
        <translation>{scene}, áreas</translation>
    </message>
    <message>
        <source>There is no file '{path}'. Check '{title}'.</source>
        <translation>No existe el archivo «{path}». Revise «{title}».</translation>
    </message>
    <message>
        <source>The pixel size '{text}' is neither one number nor two. Write for example 30, or 30,20.</source>
        <translation>El tamaño de píxel «{text}» no es ni un número ni dos. Escriba por ejemplo 30, o 30,20.</translation>
    </message>
    <message>
        <source>Feature {number} of layer '{name}' cannot be written to '{path}' ({reason}). Choose another output, for example a new GeoPackage.</source>
        <translation>El objeto {number} de la capa «{name}» no se puede escribir en «{path}» ({reason}). Elija otra salida, por ejemplo un GeoPackage nuevo.</translation>
    </message>
    <message>
        <source>Raster '{name}' has no legend of classes. Choose a class map, for example from 'Classify with a model'.</source>
        <translation>El ráster «{name}» no tiene una leyenda de clases. Elija un mapa de clases, por ejemplo de «Clasificar con un modelo».</translation>
    </message>
    <message>
        <source>{n} MB were freed.</source>
        <translation>Se liberaron {n} MB.</translation>
    </message>
    <message>
        <source>Starting the engine for the first time</source>
        <translation>Iniciando el motor por primera vez</translation>
    </message>
    <message>
        <source>There is an NVIDIA card, but the engine computes on the CPU. Update the driver, or run this again with 'Compute on' set to cuda.</source>
        <translation>Hay una tarjeta NVIDIA, pero el motor calcula en la CPU. Actualice el controlador, o ejecute esto de nuevo con «Calcular en» en cuda.</translation>
    </message>
    <message>
        <source>The engine is ready: {python}</source>
        <translation>El motor está listo: {python}</translation>
    </message>
    <message>
        <source>NVIDIA card: {card}; build of torch: {build}</source>
        <translation>Tarjeta NVIDIA: {card}; variante de torch: {build}</translation>
    </message>
    <message>
        <source>The environment lacks {names}. Run this again.</source>
        <translation>Al entorno le falta {names}. Ejecute esto de nuevo.</translation>
    </message>
    <message>
        <source>The engine works but finds no NVIDIA card, only '{device}'. Update the driver, enter the index of a CUDA build as 'Extra package index', or run this again with 'Compute on' set to auto.</source>
        <translation>El motor funciona, pero no encuentra ninguna tarjeta NVIDIA, solo «{device}». Actualice el controlador, indique el índice de una variante CUDA como «Índice de paquetes adicional», o ejecute esto de nuevo con «Calcular en» en auto.</translation>
    </message>
    <message>
        <source>Python {version}: {python}</source>
        <translation>Python {version}: {python}</translation>
    </message>
    <message>
        <source>none with a driver</source>
        <translation>ninguna con controlador</translation>
    </message>
    <message>
        <source>The environment cannot be written: {reason}.</source>
        <translation>El entorno no se puede escribir: {reason}.</translation>
    </message>
    <message>
        <source>Suggested areas (miaf)</source>
        <translation>Áreas sugeridas (miaf)</translation>
    </message>
    <message>
        <source>Superpixels (miaf)</source>
        <translation>Superpíxeles (miaf)</translation>
    </message>
    <message>
        <source>Show cube '{name}' as:</source>
        <translation>Mostrar el cubo «{name}» como:</translation>
    </message>
    <message>
        <source>Show cube as</source>
        <translation>Mostrar el cubo como</translation>
    </message>
    <message>
        <source>Select a hyperspectral cube in the layer tree first.</source>
        <translation>Seleccione primero un cubo hiperespectral en el árbol de capas.</translation>
    </message>
    <message>
        <source>Validation accuracy {value}, best {best}.</source>
        <translation>Exactitud de validación {value}, la mejor {best}.</translation>
    </message>
    <message>
        <source>No training is running.</source>
        <translation>No hay ningún entrenamiento en curso.</translation>
    </message>
    <message>
        <source>Before the first epoch the cube is read.</source>
        <translation>Antes de la primera época se lee el cubo.</translation>
    </message>
    <message>
        <source>A coarse map by the training as it is now</source>
        <translation>Un mapa aproximado según el estado actual del entrenamiento</translation>
    </message>
    <message>
        <source>The plot needs the Python package matplotlib, which this QGIS does not have.</source>
        <translation>El gráfico necesita el paquete de Python matplotlib, que este QGIS no tiene.</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>Época</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Pérdida</translation>
    </message>
    <message>
        <source>Epoch {n} of {count}, loss {loss}.</source>
        <translation>Época {n} de {count}, pérdida {loss}.</translation>
    </message>
    <message>
        <source>Validation accuracy (%)</source>
        <translation>Exactitud de validación (%)</translation>
    </message>
    <message>
        <source>The change could not be written to the layer '{name}': {reason}. Check that its file is not read-only or open in another program, and that the disk is not full. Then try again.</source>
        <translation>No se pudo escribir el cambio en la capa «{name}»: {reason}. Compruebe que su archivo no sea de solo lectura ni esté abierto en otro programa, y que el disco no esté lleno. Después, inténtelo de nuevo.</translation>
    </message>
    <message>
        <source>no reason was given</source>
        <translation>no se dio ningún motivo</translation>
    </message>
    <message>
        <source>The engine's answer cannot be used: '{key}' is {value}. The engine may be of another release than the plugin. Run 'Set up the engine' again.</source>
        <translation>La respuesta del motor no se puede usar: «{key}» es {value}. Quizá el motor es de otra versión que el complemento. Ejecute de nuevo «Instalar el motor».</translation>
    </message>
    <message>
        <source>The engine wrote '{path}', but the file is missing. It may have been moved or deleted, or its drive may be disconnected. Run it again.</source>
        <translation>El motor escribió «{path}», pero falta el archivo. Quizá se movió o borró, o su unidad está desconectada. Ejecútelo de nuevo.</translation>
    </message>
    <message>
        <source>Installing packages, which takes several minutes the first time</source>
        <translation>Instalando paquetes, lo que la primera vez tarda varios minutos</translation>
    </message>
    <message>
        <source>The packages cannot be installed. Check the network connection, the proxy of QGIS and the free disk space, or choose a 'Folder of wheels'. Packages that are already installed are kept.</source>
        <translation>Los paquetes no se pueden instalar. Compruebe la conexión a la red, el proxy de QGIS y el espacio libre en disco, o elija una «Carpeta de wheels». Los paquetes ya instalados se conservan.</translation>
    </message>
    <message>
        <source>uv cannot be installed.</source>
        <translation>uv no se puede instalar.</translation>
    </message>
    <message>
        <source>{python} cannot make a virtual environment. On Debian and Ubuntu, install the package python3-venv. On other systems, choose a Python 3.10 or newer from python.org or conda as 'Python'.</source>
        <translation>{python} no puede crear un entorno virtual. En Debian y Ubuntu, instale el paquete python3-venv. En otros sistemas, elija como «Python» un Python 3.10 o posterior de python.org o conda.</translation>
    </message>
    <message>
        <source>uv cannot install the packages.</source>
        <translation>uv no puede instalar los paquetes.</translation>
    </message>
    <message>
        <source>Making the environment in {folder}</source>
        <translation>Creando el entorno en {folder}</translation>
    </message>
    <message>
        <source>Trying again with pip from {python}</source>
        <translation>Nuevo intento con pip de {python}</translation>
    </message>
    <message>
        <source>The {build} build of torch is not available ({reason}). The standard build is installed instead. It is larger on Linux and has no CUDA on Windows.</source>
        <translation>La variante {build} de torch no está disponible ({reason}). En su lugar se instala la variante estándar. Es mayor en Linux y no tiene CUDA en Windows.</translation>
    </message>
    <message>
        <source>a few seconds left</source>
        <translation>quedan unos segundos</translation>
    </message>
    <message>
        <source>Cancelled. Run again to continue at epoch {n} of '{stage}'.</source>
        <translation>Cancelado. Ejecute de nuevo para continuar en la época {n} de «{stage}».</translation>
    </message>
    <message>
        <source>about {n} h left</source>
        <translation>quedan unas {n} h</translation>
    </message>
    <message>
        <source>The engine responds again after {seconds} seconds.</source>
        <translation>El motor responde de nuevo tras {seconds} segundos.</translation>
    </message>
    <message>
        <source>Cancelled. Run again to continue where it stopped.</source>
        <translation>Cancelado. Ejecútelo de nuevo para continuar donde se detuvo.</translation>
    </message>
    <message>
        <source>Cancelled. Run again to continue at epoch {n}.</source>
        <translation>Cancelado. Ejecútelo de nuevo para continuar en la época {n}.</translation>
    </message>
    <message>
        <source>about {n} s left</source>
        <translation>quedan unos {n} s</translation>
    </message>
    <message>
        <source>about {n} min left</source>
        <translation>quedan unos {n} min</translation>
    </message>
    <message>
        <source>The engine has not responded for {seconds} seconds. It may hang, or the computer may be short of memory. You can keep waiting, or cancel.</source>
        <translation>El motor no ha respondido en {seconds} segundos. Puede estar bloqueado, o el equipo tener poca memoria. Puede seguir esperando o cancelar.</translation>
    </message>
    <message>
        <source>The engine has hardly computed for {seconds} seconds. It may be waiting for a network drive or a graphics card. You can keep waiting, or cancel.</source>
        <translation>El motor apenas ha calculado en {seconds} segundos. Puede estar esperando una unidad de red o una tarjeta gráfica. Puede seguir esperando o cancelar.</translation>
    </message>
    <message>
        <source>Installing the packages: {written} MB written</source>
        <translation>Instalando los paquetes: {written} MB escritos</translation>
    </message>
    <message>
        <source>Downloading {name}: {done} of {size} MB</source>
        <translation>Descargando {name}: {done} de {size} MB</translation>
    </message>
    <message>
        <source>setting of the MIAF-Net provider</source>
        <translation>ajuste del proveedor MIAF-Net</translation>
    </message>
    <message>
        <source>environment of the engine</source>
        <translation>entorno del motor</translation>
    </message>
    <message>
        <source>Python of QGIS</source>
        <translation>Python de QGIS</translation>
    </message>
    <message>
        <source>there is no such file</source>
        <translation>no existe ese archivo</translation>
    </message>
    <message>
        <source>The engine cannot use {python} ({origin}): {reason}. Correct the setting, or run the algorithm 'Set up the engine' (miaf:setupengine).</source>
        <translation>El motor no puede usar {python} ({origin}): {reason}. Corrija el ajuste, o ejecute el algoritmo «Instalar el motor» (miaf:setupengine).</translation>
    </message>
    <message>
        <source>The engine is not installed. Run the algorithm 'Set up the engine' (miaf:setupengine) once. Or choose a Python that has the packages, in Settings &gt; Options &gt; Processing &gt; Providers &gt; MIAF-Net or in the environment variable {variable}.</source>
        <translation>El motor no está instalado. Ejecute una vez el algoritmo «Instalar el motor» (miaf:setupengine). O elija un Python que tenga los paquetes, en Configuración &gt; Opciones &gt; Procesos &gt; Proveedores &gt; MIAF-Net o en la variable de entorno {variable}.</translation>
    </message>
    <message>
        <source>it is Python {found}, but 3.10 or newer is needed</source>
        <translation>es Python {found}, pero se necesita 3.10 o posterior</translation>
    </message>
    <message>
        <source>it lacks {names}</source>
        <translation>le falta {names}</translation>
    </message>
    <message>
        <source>environment variable {name}</source>
        <translation>variable de entorno {name}</translation>
    </message>
    <message>
        <source>it does not work ({reason})</source>
        <translation>no funciona ({reason})</translation>
    </message>
    <message>
        <source>Each cube is now tried on its own.</source>
        <translation>Ahora se prueba cada cubo por separado.</translation>
    </message>
    <message>
        <source>The engine closed its output but did not end. It was stopped.</source>
        <translation>El motor cerró su salida pero no terminó. Se detuvo.</translation>
    </message>
    <message>
        <source>it gave no message</source>
        <translation>no dio ningún mensaje</translation>
    </message>
    <message>
        <source>The engine cannot be started with {python}: {reason}. Choose another Python in Settings &gt; Options &gt; Processing &gt; Providers &gt; MIAF-Net, or run 'Set up the engine' again.</source>
        <translation>El motor no se puede iniciar con {python}: {reason}. Elija otro Python en Configuración &gt; Opciones &gt; Procesos &gt; Proveedores &gt; MIAF-Net, o ejecute de nuevo «Instalar el motor».</translation>
    </message>
    <message>
        <source>The engine ended without a result ({how}): {words}.</source>
        <translation>El motor terminó sin resultado ({how}): {words}.</translation>
    </message>
    <message>
        <source>The engine gave no reason.</source>
        <translation>El motor no dio ningún motivo.</translation>
    </message>
    <message>
        <source>The engine was ended by the system ({how}), probably because memory ran short. Lower 'Memory budget (MiB)', 'Width of the network (features)' or the extent, or close other programs.</source>
        <translation>El sistema terminó el motor ({how}), probablemente por falta de memoria. Reduzca «Memoria disponible (MiB)», «Anchura de la red (rasgos)» o la extensión, o cierre otros programas.</translation>
    </message>
    <message>
        <source>The engine crashed ({how}). Set 'Device' to cpu, or run 'Report engine and hardware' and add its text to a bug report.</source>
        <translation>El motor falló ({how}). Ponga «Dispositivo» en cpu, o ejecute «Informar del motor y el equipo» y añada su texto a un informe de error.</translation>
    </message>
    <message>
        <source>The log file is {path}.</source>
        <translation>El archivo de registro es {path}.</translation>
    </message>
    <message>
        <source>code {n}</source>
        <translation>código {n}</translation>
    </message>
    <message>
        <source>signal {n} {name}</source>
        <translation>señal {n} {name}</translation>
    </message>
    <message>
        <source> QGIS runs in a Flatpak and sees only the files shared with it.</source>
        <translation> QGIS se ejecuta en un Flatpak y solo ve los archivos compartidos con él.</translation>
    </message>
    <message>
        <source>'{python}' is Python {found}, but the engine needs 3.10 or newer. Install one from python.org and choose it as 'Python'.</source>
        <translation>«{python}» es Python {found}, pero el motor necesita 3.10 o posterior. Instale uno de python.org y elíjalo como «Python».</translation>
    </message>
    <message>
        <source>There is no Python '{python}'. Choose the file of a Python 3.10 or newer.</source>
        <translation>No existe el Python «{python}». Elija el archivo de un Python 3.10 o posterior.</translation>
    </message>
    <message>
        <source>'{python}' does not work as a Python: {reason}.</source>
        <translation>«{python}» no funciona como Python: {reason}.</translation>
    </message>
    <message>
        <source>Removing {folder}</source>
        <translation>Quitando {folder}</translation>
    </message>
    <message>
        <source>'{folder}' cannot be removed: {reason}. Wait until all runs of the engine have ended, and try again.</source>
        <translation>«{folder}» no se puede quitar: {reason}. Espere a que terminen todas las ejecuciones del motor e inténtelo de nuevo.</translation>
    </message>
    <message>
        <source>none</source>
        <translation>ninguno</translation>
    </message>
    <message>
        <source>no CRS</source>
        <translation>sin SRC</translation>
    </message>
    <message>
        <source>Layer '{areas}' ({own}) cannot be transformed to raster '{cube}' ({wanted}). Check both coordinate reference systems.</source>
        <translation>La capa «{areas}» ({own}) no se puede transformar al ráster «{cube}» ({wanted}). Compruebe ambos sistemas de referencia de coordenadas.</translation>
    </message>
    <message>
        <source>Which field of layer '{name}' has the classes is not clear. Choose the class field (fields: {names}).</source>
        <translation>No está claro qué campo de la capa «{name}» contiene las clases. Elija el campo de clase (campos: {names}).</translation>
    </message>
    <message>
        <source>Layer '{name}' has no field '{field}'. Choose the class field (fields: {names}).</source>
        <translation>La capa «{name}» no tiene el campo «{field}». Elija el campo de clase (campos: {names}).</translation>
    </message>
    <message>
        <source>Layer '{name}' holds suggested areas. Its field '{field}' has predictions, not the classes that you have set. Choose the field in which you set them.</source>
        <translation>La capa «{name}» contiene áreas sugeridas. Su campo «{field}» contiene predicciones, no las clases que usted ha asignado. Elija el campo en el que las asignó.</translation>
    </message>
    <message>
        <source>Layer '{name}' is a reference sample. Its field '{field}' was filled in when the points were drawn and does not hold the cover that you have looked up. Choose the field in which you set it.</source>
        <translation>La capa «{name}» es una muestra de referencia. Su campo «{field}» se rellenó al extraer los puntos y no contiene la cobertura que usted ha consultado. Elija el campo en el que la anotó.</translation>
    </message>
    <message>
        <source>Layer '{name}' has no features to use. Draw some, clear its filter, or select some if only selected features are used.</source>
        <translation>La capa «{name}» no tiene objetos utilizables. Dibuje algunos, quite su filtro, o seleccione algunos si solo se usan los seleccionados.</translation>
    </message>
    <message>
        <source>Layer '{areas}' has no coordinate reference system, but raster '{cube}' has {wanted}. Set that of the layer.</source>
        <translation>La capa «{areas}» no tiene sistema de referencia de coordenadas, pero el ráster «{cube}» tiene {wanted}. Asigne el de la capa.</translation>
    </message>
    <message>
        <source>Layer '{areas}' ({own}) does not overlap raster '{cube}' ({wanted}). The layer lies at {there} and the raster at {here}. Check both coordinate reference systems, or choose other areas.</source>
        <translation>La capa «{areas}» ({own}) no se solapa con el ráster «{cube}» ({wanted}). La capa está en {there} y el ráster en {here}. Compruebe ambos sistemas de referencia de coordenadas, o elija otras áreas.</translation>
    </message>
    <message>
        <source>Layer '{name}' has only one class ('{key}'), but at least 2 are needed. Draw areas of another class, or choose another field.</source>
        <translation>La capa «{name}» solo tiene una clase («{key}»), pero se necesitan al menos 2. Dibuje áreas de otra clase, o elija otro campo.</translation>
    </message>
    <message>
        <source>Raster '{raster}' has no coordinate reference system. The coordinates of layer '{areas}' ({own}) are taken as those of the raster.</source>
        <translation>El ráster «{raster}» no tiene sistema de referencia de coordenadas. Las coordenadas de la capa «{areas}» ({own}) se toman como las del ráster.</translation>
    </message>
    <message>
        <source>Layer '{name}' cannot be copied for the engine: {reason}.</source>
        <translation>La capa «{name}» no se puede copiar para el motor: {reason}.</translation>
    </message>
    <message>
        <source>Layer '{name}' is not styled by the values of '{field}' alone. The colours of its classes are chosen automatically.</source>
        <translation>La capa «{name}» no está simbolizada solo por los valores de «{field}». Los colores de sus clases se eligen automáticamente.</translation>
    </message>
    <message>
        <source>Layer '{name}' has no features to use. Draw some.</source>
        <translation>La capa «{name}» no tiene objetos utilizables. Dibuje algunos.</translation>
    </message>
    <message>
        <source>No feature of layer '{name}' has a geometry. Draw areas, or choose another layer.</source>
        <translation>Ningún objeto de la capa «{name}» tiene geometría. Dibuje áreas o elija otra capa.</translation>
    </message>
    <message>
        <source>Field '{field}' of layer '{name}' is empty in all features. Enter the classes, or choose another field.</source>
        <translation>El campo «{field}» de la capa «{name}» está vacío en todos los objetos. Introduzca las clases, o elija otro campo.</translation>
    </message>
    <message>
        <source>Natural colour</source>
        <translation>Color natural</translation>
    </message>
    <message>
        <source>Infrared</source>
        <translation>Infrarrojo</translation>
    </message>
    <message>
        <source>Short-wave infrared</source>
        <translation>Infrarrojo de onda corta</translation>
    </message>
    <message>
        <source>Cube '{name}' cannot be shown as '{title}', because it lacks bands at {ranges} nm. Choose another composite.</source>
        <translation>El cubo «{name}» no se puede mostrar como «{title}», porque le faltan bandas en {ranges} nm. Elija otra composición.</translation>
    </message>
    <message>
        <source>Cube '{name}' has no wavelengths in its metadata. Its bands {bands} are shown.</source>
        <translation>El cubo «{name}» no tiene longitudes de onda en sus metadatos. Se muestran sus bandas {bands}.</translation>
    </message>
    <message>
        <source>Raster '{name}' is not a file of its own (its source begins with '{source}'). Export it as GeoTIFF (Export &gt; Save As) and choose that file.</source>
        <translation>El ráster «{name}» no es un archivo propio (su origen empieza por «{source}»). Expórtelo como GeoTIFF (Exportar &gt; Guardar como) y elija ese archivo.</translation>
    </message>
    <message>
        <source>Raster '{name}' comes from a service or database ({provider}). Save it as a GeoTIFF or ENVI file and choose that file.</source>
        <translation>El ráster «{name}» procede de un servicio o una base de datos ({provider}). Guárdelo como archivo GeoTIFF o ENVI y elija ese archivo.</translation>
    </message>
    <message>
        <source>The file of raster '{name}' is no longer there: {path}. Put it back, or choose another raster.</source>
        <translation>El archivo del ráster «{name}» ya no está: {path}. Devuélvalo a su sitio o elija otro ráster.</translation>
    </message>
    <message>
        <source>Raster '{name}' has {count} band, but a hyperspectral cube has many. Choose the file with all bands, or stack them first.</source>
        <translation>El ráster «{name}» tiene {count} banda, pero un cubo hiperespectral tiene muchas. Elija el archivo con todas las bandas, o apílelas primero.</translation>
    </message>
    <message>
        <source>Raster '{name}' holds complex numbers. Choose reflectance or radiance.</source>
        <translation>El ráster «{name}» contiene números complejos. Elija reflectancia o radiancia.</translation>
    </message>
    <message>
        <source>The extent {extent} does not overlap raster '{name}' ({own}, {crs}). Choose an extent inside it.</source>
        <translation>La extensión {extent} no se solapa con el ráster «{name}» ({own}, {crs}). Elija una extensión dentro de él.</translation>
    </message>
    <message>
        <source>Output '{path}' cannot be written: '{folder}' is a file, not a folder. Choose another path.</source>
        <translation>La salida «{path}» no se puede escribir: «{folder}» es un archivo, no una carpeta. Elija otra ruta.</translation>
    </message>
    <message>
        <source>The folder of '{path}' does not exist. Create it first.</source>
        <translation>La carpeta de «{path}» no existe. Créela primero.</translation>
    </message>
    <message>
        <source>The folder '{folder}' cannot be written to. Choose another one.</source>
        <translation>No se puede escribir en la carpeta «{folder}». Elija otra.</translation>
    </message>
    <message>
        <source>Output '{path}' is also an input. Choose another name.</source>
        <translation>La salida «{path}» es también una entrada. Elija otro nombre.</translation>
    </message>
    <message>
        <source>No area of layer '{name}' has a class in the field '{field}' yet, so the layer is left out.</source>
        <translation>Ningún área de la capa «{name}» tiene todavía una clase en el campo «{field}», así que la capa se omite.</translation>
    </message>
    <message>
        <source>Of {given} cubes to train on, QGIS can read {count}.</source>
        <translation>De {given} cubos para entrenar, QGIS puede leer {count}.</translation>
    </message>
    <message>
        <source>There is no model file '{path}'. Choose one made by 'Train model'.</source>
        <translation>No existe el archivo de modelo «{path}». Elija uno creado con «Entrenar modelo».</translation>
    </message>
    <message>
        <source>Statistics of '{word}' are not available. Use {words}.</source>
        <translation>Las estadísticas de «{word}» no están disponibles. Use {words}.</translation>
    </message>
    <message>
        <source> or </source>
        <translation> o </translation>
    </message>
    <message>
        <source>'{path}' is the header of an ENVI file. Choose the data file beside it (often .dat, .bsq, .img or without extension).</source>
        <translation>«{path}» es la cabecera de un archivo ENVI. Elija el archivo de datos que está junto a ella (a menudo .dat, .bsq, .img o sin extensión).</translation>
    </message>
    <message>
        <source>'{path}' is not a raster that QGIS can read. Choose another file. If it should be a raster, the copy may be damaged: copy it again.</source>
        <translation>«{path}» no es un ráster que QGIS pueda leer. Elija otro archivo. Si debería ser un ráster, quizá la copia está dañada: cópielo de nuevo.</translation>
    </message>
    <message>
        <source>both are given</source>
        <translation>se dan ambos</translation>
    </message>
    <message>
        <source>neither is given</source>
        <translation>no se da ninguno</translation>
    </message>
    <message>
        <source>Give either {one} or {other}: {what}.</source>
        <translation>Indique {one} o {other}: {what}.</translation>
    </message>
    <message>
        <source>Raster '{name}' has {count} bands, but a raster of class values has one. Choose another raster.</source>
        <translation>El ráster «{name}» tiene {count} bandas, pero un ráster de valores de clase tiene una. Elija otro ráster.</translation>
    </message>
    <message>
        <source>Mask '{value}' is neither a raster nor a vector layer. Choose another layer.</source>
        <translation>La máscara «{value}» no es ni una capa ráster ni una vectorial. Elija otra capa.</translation>
    </message>
    <message>
        <source>Mask '{name}' has {count} bands, but a mask has one. Choose another raster.</source>
        <translation>La máscara «{name}» tiene {count} bandas, pero una máscara tiene una. Elija otro ráster.</translation>
    </message>
    <message>
        <source>Mask '{name}' holds no polygons. Choose a polygon layer or a raster.</source>
        <translation>La máscara «{name}» no tiene polígonos. Elija una capa de polígonos o un ráster.</translation>
    </message>
    <message>
        <source>There is no device '{device}'. Use auto, cpu, cuda:N or mps.</source>
        <translation>No existe el dispositivo «{device}». Use auto, cpu, cuda:N o mps.</translation>
    </message>
    <message>
        <source>Enter 0 or a positive whole number (got {value}).</source>
        <translation>Introduzca 0 o un número entero positivo (no {value}).</translation>
    </message>
    <message>
        <source>The engine uses at most {most} threads (got {value}).</source>
        <translation>El motor usa como máximo {most} hilos (no {value}).</translation>
    </message>
    <message>
        <source>There is no file '{path}'.</source>
        <translation>No existe el archivo «{path}».</translation>
    </message>
    <message>
        <source>There is no folder '{path}'.</source>
        <translation>No existe la carpeta «{path}».</translation>
    </message>
    <message>
        <source>Spectra of the training areas</source>
        <translation>Espectros de las áreas de entrenamiento</translation>
    </message>
    <message>
        <source>Area {number} ({name}) looks like {other}.</source>
        <translation>El área {number} ({name}) se parece a {other}.</translation>
    </message>
    <message>
        <source>Area {number} ({name}) looks like {other}: its spectral angle to that class is {other_angle}°, but to its own {own}°.</source>
        <translation>El área {number} ({name}) se parece a {other}: su ángulo espectral respecto a esa clase es {other_angle}°, pero respecto a la suya {own}°.</translation>
    </message>
    <message>
        <source>And {n} more.</source>
        <translation>Y {n} más.</translation>
    </message>
    <message>
        <source>Pick pixels on the map</source>
        <translation>Elegir píxeles en el mapa</translation>
    </message>
    <message>
        <source>Class means</source>
        <translation>Medias de las clases</translation>
    </message>
    <message>
        <source>Click on the map to see the spectrum of a pixel.</source>
        <translation>Haga clic en el mapa para ver el espectro de un píxel.</translation>
    </message>
    <message>
        <source>all bands have the value {value}, so there is no spectrum to show.</source>
        <translation>todas las bandas tienen el valor {value}, así que no hay espectro que mostrar.</translation>
    </message>
    <message>
        <source>no data in {missing} of {count} bands.</source>
        <translation>sin datos en {missing} de {count} bandas.</translation>
    </message>
    <message>
        <source>nearest classes by spectral angle: {classes}.</source>
        <translation>clases más cercanas por ángulo espectral: {classes}.</translation>
    </message>
    <message>
        <source>Nearest classes</source>
        <translation>Clases más cercanas</translation>
    </message>
    <message>
        <source>All classes</source>
        <translation>Todas las clases</translation>
    </message>
    <message>
        <source>This cube is read too slowly to follow the mouse. Click instead.</source>
        <translation>Este cubo se lee demasiado despacio para seguir el ratón. Haga clic.</translation>
    </message>
    <message>
        <source>Choose a hyperspectral cube.</source>
        <translation>Elija un cubo hiperespectral.</translation>
    </message>
    <message>
        <source>This place is outside the cube.</source>
        <translation>Este lugar está fuera del cubo.</translation>
    </message>
    <message>
        <source>Column {column}, row {row}:</source>
        <translation>Columna {column}, fila {row}:</translation>
    </message>
    <message>
        <source>no data.</source>
        <translation>sin datos.</translation>
    </message>
    <message>
        <source>Pixel clicked</source>
        <translation>Píxel elegido</translation>
    </message>
    <message>
        <source>Pixel under the mouse</source>
        <translation>Píxel bajo el ratón</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Valor</translation>
    </message>
    <message>
        <source>The plot needs the Python package matplotlib, which this QGIS does not have. The nearest classes and their spectral angles are still shown below.</source>
        <translation>El gráfico necesita el paquete de Python matplotlib, que este QGIS no tiene. Las clases más próximas y sus ángulos espectrales se muestran igualmente debajo.</translation>
    </message>
    <message>
        <source>Wavelength (nm)</source>
        <translation>Longitud de onda (nm)</translation>
    </message>
    <message>
        <source>Band</source>
        <translation>Banda</translation>
    </message>
</context>
</TS>
