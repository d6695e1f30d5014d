from tqdm.auto import tqdm, trange
